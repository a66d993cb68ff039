import { t } from "@vscode/l10n";
import { select } from "d3";
import { formatShape, type GateName, layerTitles, type Report, said } from "../../src/model";
import { drawGlyph } from "../draw/box";
import { FAMILIES, type Family, familyOfRow } from "../draw/families";
import type { Subject } from "../draw/scene";
import { element } from "./dom";
import type { Fact } from "./fact";
import { timesSection } from "./times";
import { factList } from "./tooltip";

/** What the pane shows first while no layer is selected: gates and outputs. */
export function probeFacts({ report }: Subject): HTMLElement[] {
  return [element("h2", {}, t("This probe")), factList([...gateFacts(report), ...outputFacts(report)])];
}

/** What it shows last then: times, and what the glyphs mean. */
export function overview(subject: Subject, onFollow: (layerId: string) => void): HTMLElement[] {
  const times = timesSection(subject.report, onFollow);
  return [
    ...(times ? [times] : []),
    element("section", { class: "ls-answer" }, element("h3", {}, t("Kinds of layers")), legend(subject)),
    element("p", { class: "ls-quiet" }, t("Select a layer to see its shapes, weights and neighbours.")),
  ];
}

/** What may refuse a probe, in plain words. */
const GATE_WORDS: Record<GateName, { label: string; open: string; hint: string }> = {
  constructor: {
    label: t("as input_shape"),
    open: t("accepted by Keras's function"),
    hint: t("Whether the model could be built with this shape as its input_shape."),
  },
  input: { label: t("input check"), open: t("passed"), hint: t("Keras compares a tensor with the declared input before any layer runs.") },
  layers: { label: t("layers"), open: t("all ran"), hint: t("Whether every layer can work on what it gets.") },
};

function gateFacts({ gates }: Report): Fact[] {
  return gates.map(({ gate, open, message }) => ({
    label: GATE_WORDS[gate].label,
    hint: GATE_WORDS[gate].hint,
    value: open ? GATE_WORDS[gate].open : message === null ? t("refused") : said(message),
    ...(open ? {} : { tone: "failed" as const, isLong: true }),
  }));
}

function outputFacts(report: Report): Fact[] {
  const { outputs } = report;
  const title = layerTitles(report);
  return outputs.map(({ layer, shape }) => ({
    label: outputs.length > 1 ? t("output {0}", title(layer)) : t("output"),
    value: formatShape(shape),
    hint: layer,
  }));
}

function legend(subject: Subject): HTMLElement {
  const counts = new Map<Family, number>();
  for (const row of subject.graph.rows.values()) counts.set(familyOfRow(row), (counts.get(familyOfRow(row)) ?? 0) + 1);
  const present = FAMILIES.filter((family) => counts.has(family));
  return element("ul", { class: "ls-legend" }, ...present.map((family) => legendRow(family, counts.get(family) ?? 0)));
}

const FAMILY_WORDS: Record<Family, string> = {
  convolution: t("convolution"),
  depthwise: t("depthwise convolution"),
  dense: t("dense"),
  normalization: t("normalization"),
  activation: t("activation"),
  pooling: t("pooling"),
  merge: t("merge (add, concatenate)"),
  reshape: t("reshape, pad, crop"),
  preprocessing: t("preprocessing"),
  recurrent: t("recurrent"),
  attention: t("attention"),
  regularization: t("dropout and noise"),
  input: t("input"),
  operation: t("operation"),
  nested: t("nested model"),
  unknown: t("unknown class"),
};

function legendRow(family: Family, count: number): HTMLElement {
  const row = element("li");
  const svg = select(row).append("svg").attr("class", "ls-graph").attr("width", 14).attr("height", 14).attr("aria-hidden", "true");
  drawGlyph(svg.append<SVGGElement>("g"), family, 0, 0);
  row.append(FAMILY_WORDS[family], element("span", {}, String(count)));
  return row;
}
