import { FormatError, quoted } from "../format-error";
import { type GraphFunction, type GraphInput, type GraphNode, tensorName } from "../graph/definition";
import { placeholdersIn } from "../graph/free-ends";
import { typeName, typeOf } from "../graph/types";
import { neededBy } from "../graph-def/inline";
import type { SignatureDef, TensorInfo } from "../graph-def/messages";
import { uniqueName } from "../unique-name";

/**
 * A graph between the tensors of a signature: each input a placeholder of its own, called as the signature calls it. Other placeholders
 * that the outputs need are inputs too.
 */
export function signatureGraph(nodes: readonly GraphNode[], { inputs, outputs }: SignatureDef): GraphFunction {
  const all = new Set(nodes.map(({ name }) => name));
  const fed = inputs.map(({ key, value }) => {
    const tensor = nameOf(key, value);
    const { node } = tensorName(tensor) ?? { node: "" };
    if (!all.has(node)) throw new FormatError(`its signature feeds ${quoted(node)}, which is not in the graph`);
    return { key, tensor: plain(tensor), input: inputOf(key, value) };
  });
  const given = outputs.map(({ key, value }) => plain(nameOf(key, value)));
  const needed = neededBy(nodes, given, new Set(fed.map(({ tensor }) => tensor)));
  const taken = new Set(needed.map(({ name }) => name));
  const standIns = new Map<string, string>();
  const placeholders = fed.map(({ key, tensor, input }): GraphNode => {
    const name = taken.has(key) && key !== tensor ? uniqueName(key, taken) : key;
    taken.add(name);
    standIns.set(tensor, name);
    input.node = name;
    return { name, op: "Placeholder", inputs: [], attributes: {} };
  });
  const read = (written: string): string => standIns.get(plain(written)) ?? written;
  const names = new Set(placeholders.map(({ name }) => name));
  const others = needed.filter(({ name }) => !names.has(name)).map((node) => ({ ...node, inputs: node.inputs.map(read) }));
  const forgotten = placeholdersIn(others.filter(({ name }) => !standIns.has(name)));
  return {
    nodes: [...placeholders, ...others],
    inputs: [...fed.map(({ input }) => input), ...forgotten],
    outputs: given.map(read),
  };
}

/** `x:0` as graphs write it among themselves: `x`. */
const plain = (tensor: string): string => tensor.replace(/:0$/, "");

/** @throws FormatError where it is no single tensor: TensorFlow's sparse and ragged ones have several */
function nameOf(key: string, info: TensorInfo | undefined): string {
  if (info?.encoding !== "name" || info.name === "") throw new FormatError(`its signature has ${quoted(key)}, which is no plain tensor`);
  return info.name;
}

function inputOf(key: string, info: TensorInfo | undefined): GraphInput {
  const shape = info?.tensor_shape;
  const sizes = shape && !shape.unknown_rank ? shape.dim.map(({ size }) => (size >= 0 ? size : null)) : null;
  return { node: key, shape: sizes, dtype: typeOf(typeName(info?.dtype ?? 0))?.keras ?? "float32" };
}
