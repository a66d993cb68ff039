import { PbfWriter } from "pbf";
import { crc32c } from "../../../src/formats/saved-model/crc32c";

/** Protocol buffers as TensorFlow writes them, for graphs that no TensorFlow would make. Numbers of fields: messages.proto. */

export interface WrittenNode {
  name: string;
  op: string;
  inputs?: string[];
  attributes?: { [name: string]: Value };
}
export type Value =
  | { type: number }
  | { text: string }
  | { shape: number[] }
  | { func: string }
  | { int: number }
  | { tensor: { type: number; shape: number[]; content: Uint8Array } };

export interface WrittenFunction {
  name: string;
  inputs: string[];
  /** Name, and what it returns. */
  outputs: { [name: string]: string };
  nodes: WrittenNode[];
}

export const FLOAT = 1;

type Message = (pbf: PbfWriter) => void;

const bytesOf = (message: Message): Uint8Array => {
  const pbf = new PbfWriter();
  message(pbf);
  return pbf.finish();
};
const sub = (pbf: PbfWriter, field: number, message: Message): void => pbf.writeBytesField(field, bytesOf(message));

function shape(pbf: PbfWriter, field: number, sizes: readonly number[]): void {
  sub(pbf, field, (inside) => {
    for (const size of sizes) sub(inside, 2, (dim) => dim.writeVarintField(1, size));
  });
}

function value(pbf: PbfWriter, written: Value): void {
  if ("type" in written) pbf.writeVarintField(6, written.type);
  if ("int" in written) pbf.writeVarintField(3, written.int);
  if ("text" in written) pbf.writeBytesField(2, new TextEncoder().encode(written.text));
  if ("shape" in written) shape(pbf, 7, written.shape);
  if ("func" in written) sub(pbf, 10, (func) => func.writeStringField(1, written.func));
  if ("tensor" in written)
    sub(pbf, 8, (tensor) => {
      tensor.writeVarintField(1, written.tensor.type);
      shape(tensor, 2, written.tensor.shape);
      tensor.writeBytesField(4, written.tensor.content);
    });
}

function node({ name, op, inputs = [], attributes = {} }: WrittenNode): Message {
  return (pbf) => {
    pbf.writeStringField(1, name);
    pbf.writeStringField(2, op);
    for (const input of inputs) pbf.writeStringField(3, input);
    for (const [key, written] of Object.entries(attributes))
      sub(pbf, 5, (entry) => {
        entry.writeStringField(1, key);
        sub(entry, 2, (inside) => value(inside, written));
      });
  };
}

function functionDef({ name, inputs, outputs, nodes }: WrittenFunction): Message {
  const argument = (own: string): Message => {
    return (pbf) => {
      pbf.writeStringField(1, own);
      pbf.writeVarintField(3, FLOAT);
    };
  };
  return (pbf) => {
    sub(pbf, 1, (signature) => {
      signature.writeStringField(1, name);
      for (const input of inputs) sub(signature, 2, argument(input));
      for (const output of Object.keys(outputs)) sub(signature, 3, argument(output));
    });
    for (const each of nodes) sub(pbf, 3, node(each));
    for (const [key, returned] of Object.entries(outputs))
      sub(pbf, 4, (entry) => {
        entry.writeStringField(1, key);
        entry.writeStringField(2, returned);
      });
  };
}

/** A GraphDef: what a frozen graph's file is. */
export function graphDef(nodes: readonly WrittenNode[], functions: readonly WrittenFunction[] = []): Uint8Array {
  return bytesOf((pbf) => {
    for (const each of nodes) sub(pbf, 1, node(each));
    if (functions.length > 0)
      sub(pbf, 2, (library) => {
        for (const each of functions) sub(library, 1, functionDef(each));
      });
  });
}

export interface WrittenSignature {
  /** Names of tensors by the names that they have in the signature. */
  inputs: { [name: string]: { tensor: string; shape: number[] } };
  outputs: { [name: string]: string };
}

/** A SavedModel with one graph. */
export function savedModel(graph: Uint8Array, signatures: { [name: string]: WrittenSignature }): Uint8Array {
  const tensor = (name: string, sizes: readonly number[]): Message => {
    return (pbf) => {
      pbf.writeStringField(1, name);
      pbf.writeVarintField(2, FLOAT);
      shape(pbf, 3, sizes);
    };
  };
  const entry = (pbf: PbfWriter, field: number, key: string, message: Message): void =>
    sub(pbf, field, (inside) => {
      inside.writeStringField(1, key);
      sub(inside, 2, message);
    });
  return bytesOf((pbf) => {
    pbf.writeVarintField(1, 1);
    sub(pbf, 2, (meta) => {
      sub(meta, 1, (info) => info.writeStringField(4, "serve"));
      meta.writeBytesField(2, graph);
      for (const [name, { inputs, outputs }] of Object.entries(signatures))
        entry(meta, 5, name, (signature) => {
          for (const [key, input] of Object.entries(inputs)) entry(signature, 1, key, tensor(input.tensor, input.shape));
          for (const [key, output] of Object.entries(outputs)) entry(signature, 2, key, tensor(output, []));
        });
    });
  });
}

/** A checkpoint's index of float variables, in one block, whose numbers lie one behind the other in one shard. */
export function checkpointIndex(variables: readonly { key: string; shape: number[] }[]): Uint8Array {
  let offset = 0;
  const header = bytesOf((pbf) => pbf.writeVarintField(1, 1));
  const entries = variables.map(({ key, shape: sizes }): [string, Uint8Array] => {
    const size = 4 * sizes.reduce((product, each) => product * each, 1);
    const written = bytesOf((pbf) => {
      pbf.writeVarintField(1, FLOAT);
      shape(pbf, 2, sizes);
      pbf.writeVarintField(4, offset);
      pbf.writeVarintField(5, size);
    });
    offset += size;
    return [key, written];
  });
  const data = block([["", header], ...entries]);
  const handle = (at: number, size: number): Uint8Array =>
    bytesOf((pbf) => {
      pbf.writeVarint(at);
      pbf.writeVarint(size);
    });
  const index = block([["z", handle(0, data.length - 5)]]);
  const footer = new Uint8Array(48);
  footer.set([...handle(0, 0), ...handle(data.length, index.length - 5)]);
  new DataView(footer.buffer).setBigUint64(40, 0xdb4775248b80fb57n, true);
  return Uint8Array.from([...data, ...index, ...footer]);
}

/** With its restarts (one, at the beginning), that it is not compressed, and its checksum. */
function block(entries: readonly [string, Uint8Array][]): Uint8Array {
  const bytes = entries.flatMap(([key, value]) => {
    const name = [...new TextEncoder().encode(key)];
    const lengths = bytesOf((pbf) => [0, name.length, value.length].forEach((length) => void pbf.writeVarint(length)));
    return [...lengths, ...name, ...value];
  });
  const whole = Uint8Array.from([...bytes, 0, 0, 0, 0, 1, 0, 0, 0, 0]);
  const crc = crc32c(whole);
  const masked = (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
  return Uint8Array.from([...whole, ...new Uint8Array(Uint32Array.of(masked).buffer)]);
}
