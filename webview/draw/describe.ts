import { formatShape } from "../../src/model";
import type { Box } from "../graph/visible";
import { markOf } from "./marks";
import type { Subject } from "./scene";
import { formatCount, plural } from "./text";

/** Blocks, layers and parameters of a group in one line. */
export function groupFacts(box: Exclude<Box, { kind: "layer" }>): string {
  const { blocks, layers, parameters } = box.summary;
  const facts = [blocks > 1 ? plural(blocks, "block") : null, plural(layers, "layer"), parameters > 0 ? formatCount(parameters) : null];
  return facts.filter((fact) => fact !== null).join(" · ");
}

/** A box in words, for screen readers. */
export function spokenBox(box: Box, subject: Subject): string {
  const mark = markOf(box, subject.marks);
  const shape = box.kind === "layer" ? box.row.output?.[0] : box.summary.outShape;
  const status = box.kind === "layer" ? box.row.status : box.summary.status;
  const parts = [
    box.kind === "layer" ? `${box.name}, ${box.row.className}` : `group ${box.group.title}, ${groupFacts(box)}`,
    shape ? `output ${formatShape(shape)}` : "output shape unknown",
    status === "unreached" ? "not reached" : null,
    mark ? mark.spoken : null,
  ];
  return parts.filter((part) => part !== null).join(", ");
}
