import type { NetworkKind } from "../../model";
import { FormatError, quoted } from "../format-error";
import type { GraphFunction, GraphNode } from "./definition";
import { functionNames } from "./functions";

/** An operation that calls functions: how, and by which names they are known inside it. */
interface Control {
  kind: Extract<NetworkKind, "loop" | "branches">;
  /** How it is called in a report, whichever spelling the file has. */
  className: string;
  /** Attribute and name of each function; of `branches` there may be any number. */
  parts: { attribute: string; name: string; className: string }[];
}

const LOOP: Control = {
  kind: "loop",
  className: "While",
  parts: [
    { attribute: "cond", name: "cond", className: "Condition" },
    { attribute: "body", name: "body", className: "Body" },
  ],
};
const CHOICE: Control = {
  kind: "branches",
  className: "If",
  parts: [
    { attribute: "else_branch", name: "else", className: "Branch" },
    { attribute: "then_branch", name: "then", className: "Branch" },
  ],
};
const CASES: Control = { kind: "branches", className: "Case", parts: [{ attribute: "branches", name: "branch", className: "Branch" }] };

/** One row an operation. Branches stand in the order of the numbers that choose them: false is 0. */
const CONTROLS: { readonly [op: string]: Control } = {
  While: LOOP,
  StatelessWhile: LOOP,
  If: CHOICE,
  StatelessIf: CHOICE,
  Case: CASES,
  StatelessCase: CASES,
};

/** A function that an operation calls, under the name that it has there. */
export interface Part {
  name: string;
  className: string;
  body: GraphFunction;
}

/** What a node calls, where it is a loop or a choice; else null. @throws FormatError where the graph has no such function */
export function controlOf(
  node: GraphNode,
  functions: ReadonlyMap<string, GraphFunction>,
): (Omit<Control, "parts"> & { parts: Part[] }) | null {
  const control = Object.hasOwn(CONTROLS, node.op) ? CONTROLS[node.op] : undefined;
  if (!control) return null;
  const parts = control.parts.flatMap(({ attribute, name, className }) => {
    const names = functionNames(node.attributes[attribute]);
    if (names.length === 0) throw new FormatError(`its operation ${quoted(node.name)} does not name its ${attribute}`);
    return names.map((called, index, all): Part => {
      const body = functions.get(called);
      if (!body) throw new FormatError(`its operation ${quoted(node.name)} calls ${quoted(called)}, which is not in its library`);
      return { name: all.length > 1 || attribute === "branches" ? `${name}_${index}` : name, className, body };
    });
  });
  return { kind: control.kind, className: control.className, parts };
}
