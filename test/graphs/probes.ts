/** A node as model.json has it. */
export interface WrittenNode {
  name: string;
  op: string;
  input?: string[];
  attr?: { shape?: { shape?: { dim?: { size: string }[]; unknownRank?: boolean } }; dtype?: { type: string } };
}

/** Inputs that a graph is sent: `shapes` in the order of its placeholders. */
export interface GraphProbe {
  kind: "declared" | "pairs" | "odd" | "small" | "gray";
  shapes: number[][];
  fill: string;
}
