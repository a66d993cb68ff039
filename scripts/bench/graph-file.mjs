// Writes frozen graphs of TensorFlow (.pb) as large as is wanted.
import { writeFileSync } from "node:fs";
import { PbfWriter } from "pbf";

const TYPES = { float: 1 };
/** Numbers of fields, as TensorFlow's graph.proto and those that it uses number them. */
const GRAPH = { node: 1 };
const NODE = { name: 1, op: 2, input: 3, attr: 5 };
const ATTR = { list: 1, s: 2, i: 3, type: 6, shape: 7, tensor: 8 };
const TENSOR = { dtype: 1, shape: 2, content: 4 };

/** Writes a chain of `operations` (Conv2D, BiasAdd, Relu by turns) with `channels` channels: kernels of `channels`² floats. */
export function writeGraph(path, operations, channels) {
  const writer = new PbfWriter();
  const node = (each) => writer.writeMessage(GRAPH.node, writeNode, each);
  node({ name: "x", op: "Placeholder", input: [], attr: { dtype: type, shape: shapeOf([1, 8, 8, channels]) } });
  const kernel = new Uint8Array(4 * channels * channels);
  const bias = new Uint8Array(4 * channels);
  for (let done = 0, from = "x"; done < operations; done += 3) {
    const scope = `net/block_${Math.floor(done / 12)}/conv_${done / 3}`;
    node({ name: `${scope}/kernel`, op: "Const", input: [], attr: { dtype: type, value: tensorOf([1, 1, channels, channels], kernel) } });
    node({ name: `${scope}/bias`, op: "Const", input: [], attr: { dtype: type, value: tensorOf([channels], bias) } });
    node({ name: `${scope}/Conv2D`, op: "Conv2D", input: [from, `${scope}/kernel`], attr: { T: type, strides: ones, padding: same } });
    node({ name: `${scope}/BiasAdd`, op: "BiasAdd", input: [`${scope}/Conv2D`, `${scope}/bias`], attr: { T: type } });
    node({ name: `${scope}/Relu`, op: "Relu", input: [`${scope}/BiasAdd`], attr: { T: type } });
    from = `${scope}/Relu`;
  }
  writeFileSync(path, writer.finish());
}

function writeNode({ name, op, input, attr }, writer) {
  writer.writeStringField(NODE.name, name);
  writer.writeStringField(NODE.op, op);
  for (const each of input) writer.writeStringField(NODE.input, each);
  for (const [key, write] of Object.entries(attr))
    writer.writeMessage(
      NODE.attr,
      (_, entry) => {
        entry.writeStringField(1, key);
        entry.writeMessage(2, write, null);
      },
      null,
    );
}

const type = (_, writer) => writer.writeVarintField(ATTR.type, TYPES.float);
const same = (_, writer) => writer.writeBytesField(ATTR.s, Buffer.from("SAME"));
const ones = (_, writer) => writer.writeMessage(ATTR.list, (__, list) => list.writePackedVarint(ATTR.i, [1, 1, 1, 1]), null);
const dimensions = (shape) => (_, writer) => {
  for (const size of shape) writer.writeMessage(2, (__, dimension) => dimension.writeVarintField(1, size), null);
};
const shapeOf = (shape) => (_, writer) => writer.writeMessage(ATTR.shape, dimensions(shape), null);
const tensorOf = (shape, content) => (_, writer) =>
  writer.writeMessage(
    ATTR.tensor,
    (__, tensor) => {
      tensor.writeVarintField(TENSOR.dtype, TYPES.float);
      tensor.writeMessage(TENSOR.shape, dimensions(shape), null);
      tensor.writeBytesField(TENSOR.content, content);
    },
    null,
  );
