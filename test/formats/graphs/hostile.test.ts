import fc from "fast-check";
import { PbfWriter } from "pbf";
import { describe, expect, test } from "vitest";
import { memorySource, openModel } from "../../../src/formats";
import { type Model, UserError } from "../../../src/model";
import { type Changes, filesOf, NODES, PRODUCT, SERVED } from "./models";
import { FLOAT, graphDef, savedModel, type WrittenFunction, type WrittenNode } from "./written";

/** One sentence that names what was asked for: what every refusal has to be. */
const SENTENCE = /^folder cannot be opened: [^\n]{1,300}\.$/;
type Files = Map<string, Uint8Array>;

async function refusal(files: Files, signature?: string): Promise<string> {
  const raised = await openModel(memorySource("folder", files), signature === undefined ? {} : { signature }).then(
    () => null,
    (error: unknown) => error,
  );
  expect(raised).toBeInstanceOf(UserError);
  const { message } = raised as UserError;
  expect(message).toMatch(SENTENCE);
  return message;
}

const INDEX = "variables/variables.index";
const SHARD = "variables/variables.data-00000-of-00001";

/** The files of a model of which one is not as it was. */
function changed(path: string, change: (bytes: Uint8Array) => Uint8Array | null): Files {
  const files = filesOf();
  const bytes = change(files.get(path) as Uint8Array);
  if (bytes) files.set(path, bytes);
  else files.delete(path);
  return files;
}
const cut = (bytes: number) => (all: Uint8Array) => all.slice(0, all.length - bytes);
const flipped = (at: number) => (all: Uint8Array) => all.map((byte, index) => (index === at ? byte ^ 0x40 : byte));

const call = (name: string, called: string): WrittenNode => ({
  name,
  op: "StatefulPartitionedCall",
  inputs: ["x"],
  attributes: { f: { func: called } },
});
const calling = (name: string, ...called: string[]): WrittenFunction => ({
  name,
  inputs: ["x", "resource"],
  outputs: { identity: "all:sum:0" },
  nodes: [
    ...called.map((each, index) => call(`call_${index}`, each)),
    { name: "all", op: "AddN", inputs: called.map((_, index) => `call_${index}:output:0`) },
  ],
});
const loop: WrittenFunction = {
  name: "product",
  inputs: ["x", "resource"],
  outputs: { identity: "while:output:0" },
  nodes: [{ name: "while", op: "While", inputs: ["x"], attributes: { cond: { func: "product" }, body: { func: "product" } } }],
};
/** Each calls the next one twice. */
const doubling = Array.from({ length: 41 }, (_, index) => {
  const name = index === 0 ? "product" : `f${index}`;
  return index === 40 ? { ...PRODUCT, name } : calling(name, `f${index + 1}`, `f${index + 1}`);
});

/** Gives back what it is given. */
const same: WrittenFunction = { name: "product", inputs: ["x"], outputs: { identity: "x" }, nodes: [] };
const own: WrittenNode = { ...call("StatefulPartitionedCall", "product"), inputs: ["StatefulPartitionedCall"] };
/** Each calls the next one. */
const chain = Array.from({ length: 3000 }, (_, index) => calling(index === 0 ? "product" : `f${index}`, `f${index + 1}`));
/** A function's attribute that holds a function whose attribute holds … */
const nested = (levels: number): Uint8Array => {
  let bytes = new Uint8Array(0);
  for (let level = 0; level < levels; level++) {
    const [entry, list] = [new PbfWriter(), new PbfWriter()];
    entry.writeBytesField(2, bytes);
    list.writeBytesField(2, entry.finish());
    const value = new PbfWriter();
    value.writeBytesField(10, list.finish());
    bytes = new Uint8Array(value.finish());
  }
  return bytes;
};

describe("SavedModels that do not hold", () => {
  test.each<[string, Files, RegExp]>([
    ["pb cut short", changed("saved_model.pb", cut(10)), /saved_model.pb is cut off or damaged at byte \d+ of \d+: get the file anew/],
    ["index cut short", changed(INDEX, cut(1)), /variables.index does not end as an index of a checkpoint does/],
    ["index that is empty", changed(INDEX, () => new Uint8Array(0)), /does not end as an index/],
    ["index with a wrong checksum", changed(INDEX, flipped(3)), /variables.index has a wrong checksum at byte \d+: get the file anew/],
    [
      "index that is compressed",
      changed(INDEX, (all) => flipped(all.length - 53)(all)),
      /variables.index is compressed, which is not read/,
    ],
    ["shard that is not there", changed(SHARD, () => null), /"variables\/variables.data-00000-of-00001" is missing: put it back/],
    [
      "shard of the wrong size",
      changed(SHARD, cut(4)),
      /has 44 bytes, and "w" of 48 bytes begins at byte 0: it is cut off or of another model/,
    ],
  ])("%s", async (_what, files, message) => {
    expect(await refusal(files)).toMatch(message);
  });

  const feeding = (tensor: string) => ({
    serving_default: { inputs: { x: { tensor, shape: [2, 3] } }, outputs: { y: "StatefulPartitionedCall:0" } },
  });
  const giving = (tensor: string) => ({ serving_default: { ...SERVED["serving_default"], inputs: {}, outputs: { y: tensor } } });
  test.each<[string, Changes, RegExp]>([
    ["function that calls itself", { functions: [calling("product", "product")] }, /its function "product" calls itself/],
    [
      "functions that call each other",
      { functions: [calling("product", "b"), calling("b", "product")] },
      /its function "product" calls itself/,
    ],
    ["loop that runs itself", { functions: [loop] }, /its function "product" calls itself/],
    [
      "functions that double each other",
      { functions: doubling },
      /its function "f\d+" is called so often that the graph would have no end/,
    ],
    ["functions 3,000 deep in each other", { functions: chain }, /its functions call each other more than 256 deep/],
    [
      "call that is given its own result",
      { nodes: [...NODES.slice(0, 2), own], functions: [same] },
      /its call "StatefulPartitionedCall" waits/,
    ],
    ["function that is not there", { functions: [] }, /it calls the function "product", which is not in the file/],
    [
      "function that reads what is not there",
      { functions: [{ ...PRODUCT, nodes: [] }] },
      /reads "dense\/MatMul:product:0", which is not there/,
    ],
    ["input that is not there", { signatures: feeding("y:0") }, /its signature feeds "y", which is not in the graph/],
    ["output that is not there", { signatures: giving("y:0") }, /"y", which is not in the graph/],
    ["output without a name", { signatures: giving("") }, /its signature has "y", which is no plain tensor/],
    ["nothing to be asked for", { signatures: {} }, /it has no signatures and no functions/],
    [
      "variable of a shape that none can have",
      { variables: [{ key: "w", shape: [3, -4] }] },
      /a tensor of the shape \[3, -4\], which none can have/,
    ],
    ["variable larger than any file", { variables: [{ key: "w", shape: [2 ** 30, 2 ** 30] }] }, /which none can have/],
  ])("%s", async (_what, changes, message) => {
    expect(await refusal(filesOf(changes))).toMatch(message);
  });

  test("a signature that does not exist", async () => {
    expect(await refusal(filesOf(), "predict")).toMatch(/it has no signature "predict": ask for "serving_default"/);
  });

  test("a constant that claims to be huge", async () => {
    const tensor = { type: FLOAT, shape: [2 ** 31, 2 ** 31], content: new Uint8Array(4) };
    const nodes: WrittenNode[] = [...NODES, { name: "c", op: "Const", attributes: { value: { tensor } } }];
    expect(await refusal(filesOf({ nodes }))).toMatch(/\[2147483648, 2147483648\], which none can have/);
  });
});

test.each([10, 1000, 2500, 4000])("attributes %d deep in each other end", async (levels) => {
  const [entry, node, graph] = [new PbfWriter(), new PbfWriter(), new PbfWriter()];
  entry.writeBytesField(2, nested(levels));
  node.writeStringField(1, "a");
  node.writeStringField(2, "Relu");
  node.writeBytesField(5, entry.finish());
  graph.writeBytesField(1, node.finish());
  const error = await openModel(memorySource("g.pb", new Map([["g.pb", graph.finish()]]))).then(
    () => null,
    (raised: unknown) => raised,
  );
  if (error) expect(error).toBeInstanceOf(UserError);
});

describe("whatever the bytes are", () => {
  const ends = async (files: Files): Promise<Model | null> => {
    try {
      return await openModel(memorySource("folder", files));
    } catch (error) {
      expect(error).toBeInstanceOf(UserError);
      expect((error as UserError).message).toMatch(SENTENCE);
      return null;
    }
  };

  test.each(["saved_model.pb", INDEX])("%s cut at every byte is refused", async (path) => {
    const { length } = filesOf().get(path) as Uint8Array;
    for (let bytes = 1; bytes <= length; bytes++) expect(await ends(changed(path, cut(bytes)))).toBeNull();
  });

  test.each(["saved_model.pb", INDEX])("%s with any bytes changed opens or is refused", async (path) => {
    const bytes = filesOf().get(path) as Uint8Array;
    const place = fc.tuple(fc.nat(bytes.length - 1), fc.nat(255));
    await fc.assert(
      fc.asyncProperty(fc.array(place, { minLength: 1, maxLength: 4 }), async (places) => {
        await ends(changed(path, (all) => places.reduce((whole, [at, byte]) => whole.with(at, byte), all)));
      }),
      { numRuns: 400, seed: 6 },
    );
  });
});

describe("frozen graphs that do not hold", () => {
  test.each<[string, Uint8Array, RegExp]>([
    ["cut short", graphDef(NODES).slice(0, -3), /g.pb is cut off or damaged at byte/],
    ["reading what is not there", graphDef([{ name: "a", op: "Relu", inputs: ["b"] }]), /"b", which is not in the graph/],
    [
      "in a circle",
      graphDef([
        { name: "a", op: "Relu", inputs: ["b"] },
        { name: "b", op: "Relu", inputs: ["a"] },
      ]),
      /nothing comes out of its graph/,
    ],
    ["of another kind", savedModel(new Uint8Array(0), {}).slice(2), /neither HDF5/],
    ["of ONNX", Uint8Array.from([8, 7, 18, 7, ...Buffer.from("pytorch")]), /it is an ONNX model/],
  ])("%s", async (_what, bytes, message) => {
    await expect(openModel(memorySource("g.pb", new Map([["g.pb", bytes]])))).rejects.toThrow(message);
  });
});
