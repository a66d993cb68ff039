import { checkpointIndex, FLOAT, graphDef, savedModel, type WrittenFunction, type WrittenNode, type WrittenSignature } from "./written";

/** The files of a small SavedModel: `x (2, 3) · w (3, 4)`, the product in a function. */
export interface Changes {
  nodes?: WrittenNode[];
  functions?: WrittenFunction[];
  signatures?: { [name: string]: WrittenSignature };
  variables?: { key: string; shape: number[] }[];
}

export const NODES: WrittenNode[] = [
  { name: "serving_default_x", op: "Placeholder", attributes: { dtype: { type: FLOAT }, shape: { shape: [2, 3] } } },
  { name: "w", op: "VarHandleOp", attributes: { dtype: { type: FLOAT }, shape: { shape: [3, 4] }, shared_name: { text: "w" } } },
  {
    name: "StatefulPartitionedCall",
    op: "StatefulPartitionedCall",
    inputs: ["serving_default_x", "w"],
    attributes: { f: { func: "product" } },
  },
];

export const PRODUCT: WrittenFunction = {
  name: "product",
  inputs: ["x", "resource"],
  outputs: { identity: "dense/MatMul:product:0" },
  nodes: [
    { name: "dense/ReadVariableOp", op: "ReadVariableOp", inputs: ["resource"], attributes: { dtype: { type: FLOAT } } },
    { name: "dense/MatMul", op: "MatMul", inputs: ["x", "dense/ReadVariableOp:value:0"], attributes: { T: { type: FLOAT } } },
  ],
};

export const SERVED: { [name: string]: WrittenSignature } = {
  serving_default: {
    inputs: { x: { tensor: "serving_default_x:0", shape: [2, 3] } },
    outputs: { y: "StatefulPartitionedCall:0" },
  },
};

export function filesOf({
  nodes = NODES,
  functions = [PRODUCT],
  signatures = SERVED,
  variables = [{ key: "w", shape: [3, 4] }],
}: Changes = {}) {
  const bytes = 4 * variables.reduce((sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1), 0);
  return new Map([
    ["saved_model.pb", savedModel(graphDef(nodes, functions), signatures)],
    ["variables/variables.index", checkpointIndex(variables)],
    ["variables/variables.data-00000-of-00001", new Uint8Array(Math.min(Math.max(0, bytes), 1024))],
  ]);
}
