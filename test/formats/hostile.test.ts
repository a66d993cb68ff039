import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fileSource, memorySource, openModel, readSmallWeight } from "../../src/formats";
import { isObject, type Json, type Model, UserError } from "../../src/model";
import { fixtures } from "../fixtures/load";
import { zipOf } from "./zip-of";

/** One sentence that names the file: what every refusal has to be. */
const SENTENCE = /^[^\n]{1,400}\.$/;

async function openBytes(name: string, bytes: Uint8Array | string, others: [string, Uint8Array][] = []): Promise<Model> {
  const own = typeof bytes === "string" ? new TextEncoder().encode(bytes) : bytes;
  return openModel(memorySource(name, new Map([[name, own], ...others])));
}

async function refusal(name: string, bytes: Uint8Array | string, others: [string, Uint8Array][] = []): Promise<string> {
  const error = await openBytes(name, bytes, others).then(
    () => null,
    (raised: unknown) => raised,
  );
  expect(error).toBeInstanceOf(UserError);
  const { message } = error as UserError;
  expect(message).toMatch(SENTENCE);
  expect(message).toContain(name);
  return message;
}

const layer = (name: string, from: string | null, more: object = {}) => ({
  class_name: from === null ? "InputLayer" : "Dense",
  name,
  config: from === null ? { name, batch_input_shape: [null, 4], dtype: "float32" } : { name, units: 2 },
  inbound_nodes: from === null ? [] : [[[from, 0, 0, {}]]],
  ...more,
});
const functional = (layers: object[], more: object = {}): string =>
  JSON.stringify({
    class_name: "Functional",
    config: { name: "m", layers, input_layers: [["a", 0, 0]], output_layers: [["b", 0, 0]], ...more },
    keras_version: "2.15.0",
  });

describe("files of another kind", () => {
  test.each([
    ["nothing.h5", "", /it is empty/],
    ["picture.h5", "\x89PNG\r\n\x1a\n0000", /PNG image/],
    ["pickle.keras", "\x80\x04\x95abc", /pickle, which is never opened/],
    ["notes.txt", "Dear diary", /neither HDF5 .* nor JSON/],
    ["lite.h5", "\x1c\x00\x00\x00TFL3....", /TensorFlow Lite/],
    ["powershell.json", "\xff\xfe{\0", /text in UTF-16: save it as UTF-8/],
    ["packed.h5", "\x1f\x8b\x08", /gzip: unpack/],
    ["list.json", "[1, 2]", /not of a model/],
    ["other.json", '{"name": "x"}', /no class_name and no modelTopology/],
    ["cut.json", '{"class_name": "Sequential", "config"', /not valid JSON/],
    ["bare.json", '{"class_name": "Sequential", "config": {"layers": 3}}', /its config has no list of layers/],
    ["own.json", '{"class_name": "MyModel", "config": {"units": 3}}', /of class "MyModel", whose layers are in Python code/],
    ["graph.json", '{"format": "graph-model", "modelTopology": {"node": []}}', /its graph has no operations/],
  ])("%s", async (name, latin1, message) => {
    expect(await refusal(name, Buffer.from(latin1, "latin1"))).toMatch(message);
  });

  test("a SavedModel written as text", async () => {
    const source = memorySource("folder", new Map([["saved_model.pbtxt", Buffer.from("saved_model_schema_version: 1\n")]]));
    await expect(openModel(source)).rejects.toThrow(/folder cannot be opened: it is a graph written as text \(.pbtxt\)/);
  });

  test("a folder with nothing in it", async () => {
    await expect(openModel(memorySource("folder", new Map()))).rejects.toThrow(/neither model.json nor saved_model.pb/);
  });
});

describe("configs that cannot hold", () => {
  const deep = (open: string, close: string, depth: number): string => open.repeat(depth) + close.repeat(depth);
  test.each([
    ["cyclic", functional([layer("a", null), layer("b", "c"), layer("c", "b")]), /wiring goes in a circle/],
    ["self-feeding", functional([layer("a", null), layer("b", "b")]), /wiring goes in a circle/],
    [
      "dangling",
      functional([layer("a", null), layer("b", "ghost")]),
      /layer "b" takes the output of layer "ghost", which is not in the file/,
    ],
    ["without its output", functional([layer("a", null)]), /the model takes the output of layer "b"/],
    [
      "with a call that is not there",
      functional([layer("a", null), layer("b", "a"), layer("c", "b", { inbound_nodes: [[["b", 7, 0, {}]]] })]),
      /call 7 of layer "b"/,
    ],
    ["with a name twice", functional([layer("a", null), layer("b", "a"), layer("b", "a")]), /layer "b" is in it twice/],
    [
      "with a negative shape",
      functional([layer("a", null, { config: { batch_input_shape: [null, -4] } }), layer("b", "a")]),
      /declares the shape/,
    ],
    [
      "with a fractional shape",
      functional([layer("a", null, { config: { batch_input_shape: [null, 1.5] } }), layer("b", "a")]),
      /declares the shape/,
    ],
    [
      "with a shape of 1,000 axes",
      functional([layer("a", null, { config: { batch_input_shape: Array(1000).fill(1) } }), layer("b", "a")]),
      /declares the shape/,
    ],
    [
      "with a huge shape",
      functional([layer("a", null, { config: { batch_input_shape: [null, 1e300] } }), layer("b", "a")]),
      /declares the shape/,
    ],
    ["with odd nodes", functional([layer("a", null), layer("b", "a", { inbound_nodes: [7] })]), /inbound_nodes of layer "b"/],
    ["with nodes of a wrong kind", functional([layer("a", null), layer("b", "a", { inbound_nodes: "a" })]), /inbound_nodes of layer "b"/],
    ["with odd ends", functional([layer("a", null), layer("b", "a")], { input_layers: 3 }), /its input_layers/],
    ["with a layer that is a number", functional([layer("a", null), 7 as unknown as object]), /a layer in it is not a JSON object/],
    ["with a nameless layer", functional([{ class_name: "Dense", config: {} }]), /a layer of class "Dense" has no name/],
    ["without layers", '{"class_name": "Sequential", "config": {"name": "s", "layers": []}}', /has no layers/],
    ["100,000 lists deep", `{"class_name": "Functional", "config": ${deep("[", "]", 100_000)}}`, /nests deeper than/],
    [
      "100,000 objects deep",
      `{"class_name": "Functional", "config": ${'{"config":'.repeat(100_000)}0${"}".repeat(100_000)}}`,
      /nests deeper than/,
    ],
    ["two million empty lists", `{"class_name": "Functional", "config": [${"[],".repeat(2_000_000)}[]]}`, /more than 2 million values/],
    ["a text of 50 MB", `{"class_name": "${"a".repeat(50 * 2 ** 20)}"}`, /text is 50 MB long, and no config is longer than 48 MB/],
    ["100,000 lists deep and cut off", `{"class_name": ${"[".repeat(100_000)}`, /nests deeper than/],
  ])("%s", async (_what, text, message) => {
    expect(await refusal("model.json", text)).toMatch(message);
  });

  test("100,000 layers in a row are many, not hostile", async () => {
    const chain = Array.from({ length: 100_000 }, (_, index) => layer(`n${index}`, index === 0 ? "a" : `n${index - 1}`));
    const model = await openBytes("long.json", functional([layer("a", null), ...chain], { output_layers: [["n99999", 0, 0]] }));
    expect(model.network.layers.length).toBe(100_001);
  });

  test("names that are special in JavaScript are only names", async () => {
    const model = await openBytes(
      "proto.json",
      functional([layer("a", null), layer("__proto__", "a"), layer("constructor", "__proto__")], {
        output_layers: [["constructor", 0, 0]],
      }),
    );
    expect(model.network.layers.map(({ name }) => name)).toEqual(["a", "__proto__", "constructor"]);
    expect(({} as { [key: string]: unknown })["name"]).toBeUndefined();
  });
});

describe("tfjs models that do not hold", () => {
  const config = JSON.parse(functional([layer("a", null), layer("b", "a")])) as Json;
  const withManifest = (manifest: unknown): string =>
    JSON.stringify({ modelTopology: { model_config: config }, weightsManifest: manifest });
  const group = (paths: string[], shape: unknown = [4, 2], dtype = "float32") => [{ paths, weights: [{ name: "b/kernel", shape, dtype }] }];
  const shard: [string, Uint8Array][] = [["one.bin", new Uint8Array(32)]];

  test("one that holds", async () => {
    const model = await openBytes("model.json", withManifest(group(["one.bin"])), shard);
    expect(model.weights).toEqual([
      { layer: "b", name: "kernel", shape: [4, 2], dtype: "float32", at: { file: "one.bin", offset: 0, sizeBytes: 32 } },
    ]);
  });

  test.each([
    ["a missing shard", group(["gone.bin"]), /its shard "gone.bin" is missing/],
    ["a shard that is cut off", group(["one.bin"], [4, 3]), /describes 48 bytes of weights, but "one.bin" hold 32/],
    ["a shard that leaves the folder", group(["../../etc/passwd"]), /outside its folder/],
    ["a shard at the root", group(["/etc/passwd"]), /outside its folder/],
    ["a shard on another drive", group(["C:\\secret"]), /outside its folder/],
    ["a huge weight", group(["one.bin"], [2 ** 31, 2 ** 31, 2 ** 31]), /too large for any file/],
    ["a negative weight", group(["one.bin"], [-1]), /no valid shape/],
    ["a weight of an odd type", group(["one.bin"], [4, 2], "__proto__"), /of type "__proto__", which is not supported/],
    ["strings that go on after the end", group(["one.bin"], [9], "string"), /end within the strings of "b\/kernel"/],
    ["a huge number of strings", group(["one.bin"], [2 ** 40], "string"), /end within the strings of "b\/kernel"/],
    ["a manifest that is none", { paths: [] }, /weightsManifest is not a list/],
    ["a group that is none", [7], /without paths or weights/],
  ])("%s", async (_what, manifest, message) => {
    expect(await refusal("model.json", withManifest(manifest), shard)).toMatch(message);
  });

  test("a weight across two shards is read whole", async () => {
    const numbers = Float32Array.from([1, 2, 3, 4, 5, 6, 7, 8]);
    const bytes = new Uint8Array(numbers.buffer);
    const shards: [string, Uint8Array][] = [
      ["1.bin", bytes.slice(0, 10)],
      ["2.bin", bytes.slice(10, 14)],
      ["3.bin", bytes.slice(14)],
    ];
    const files = new Map([["model.json", new TextEncoder().encode(withManifest(group(["1.bin", "2.bin", "3.bin"])))], ...shards]);
    const source = memorySource("model.json", files);
    const [entry] = (await openModel(source)).weights;
    expect(entry?.at).toEqual({ file: "1.bin", offset: 0, sizeBytes: 32, furtherFiles: ["2.bin", "3.bin"] });
    expect(entry && readSmallWeight(source, entry)).toEqual([...numbers]);
  });

  test("a quantized weight of integers holds integers", async () => {
    const quantization = { dtype: "uint8", scale: 1.6, min: -3 };
    const weights = [{ name: "b/kernel", shape: [4], dtype: "int32", quantization }];
    const manifest = withManifest([{ paths: ["1.bin"], weights }]);
    const files: [string, Uint8Array][] = [
      ["model.json", new TextEncoder().encode(manifest)],
      ["1.bin", Uint8Array.of(0, 1, 2, 255)],
    ];
    const source = memorySource("model.json", new Map(files));
    const [entry] = (await openModel(source)).weights;
    expect(entry && readSmallWeight(source, entry)).toEqual([-3, -1, 0, 405]);
  });
});

describe("archives that do not hold", () => {
  const config = new TextEncoder().encode(functional([layer("a", null), layer("b", "a")]));

  test("an archive without weights is a model without weights, and says so", async () => {
    const model = await openBytes("small.keras", zipOf([{ name: "config.json", bytes: config }]));
    expect(model.weights).toEqual([]);
    expect(model.notes).toEqual([expect.stringMatching(/no model.weights.h5/)]);
  });

  test("a packed config and packed weights are unpacked", async () => {
    const path = fixtures().find(({ name }) => name === "nested.3.keras")?.path as string;
    const original = fileSource(path);
    const plain = await openModel(original);
    const { readArchive, readEntry } = await import("../../src/formats/zip/archive");
    const entries = [...(await readArchive(original, basename(path))).values()];
    const packed = entries.map((entry) => ({ name: entry.name, bytes: readEntry(original, basename(path), entry, 1e6), deflate: true }));
    const source = memorySource(basename(path), new Map([[basename(path), zipOf(packed)]]));
    const model = await openModel(source);
    expect(model.network).toEqual(plain.network);
    expect(model.weights.map(({ layer: owner, name, shape }) => [owner, name, shape])).toEqual(
      plain.weights.map(({ layer: owner, name, shape }) => [owner, name, shape]),
    );
    const bias = model.weights.find(({ layer: owner, name }) => owner === "head/logits" && name === "bias");
    const plainBias = plain.weights.find(({ layer: owner, name }) => owner === "head/logits" && name === "bias");
    expect(bias && readSmallWeight(source, bias)).toEqual(plainBias && readSmallWeight(original, plainBias));
    original.close();
  });

  test.each([
    ["no config", zipOf([{ name: "readme.txt", bytes: config }]), /no config.json/],
    ["a PyTorch file", zipOf([{ name: "archive/data.pkl", bytes: config }]), /PyTorch file/],
    ["a path that leaves", zipOf([{ name: "../config.json", bytes: config }]), /zip structure/],
    [
      "a bomb",
      zipOf([
        { name: "config.json", bytes: new Uint8Array(0), stored: deflateRawSync(Buffer.alloc(50_000_000)), saysBytes: 1000, method: 8 },
      ]),
      /longer than it says/,
    ],
    ["a size of 4 GB", zipOf([{ name: "config.json", bytes: config, saysBytes: 4_000_000_000, method: 8 }]), /more than the 48 MB allowed/],
    ["another compression", zipOf([{ name: "config.json", bytes: config, method: 14 }]), /compressed with method 14/],
    ["a config that is text", zipOf([{ name: "config.json", bytes: new TextEncoder().encode("hello") }]), /not valid JSON/],
    [
      "weights that are none",
      zipOf([
        { name: "config.json", bytes: config },
        { name: "model.weights.h5", bytes: config },
      ]),
      /HDF5 structure/,
    ],
  ])("%s", async (_what, bytes, message) => {
    expect(await refusal("bad.keras", bytes)).toMatch(message);
  });
});

test("weights without a model are told apart from other HDF5 files", async () => {
  const path = fixtures().find(({ name }) => name === "nested.3.keras")?.path as string;
  const { readArchive, readEntry } = await import("../../src/formats/zip/archive");
  const source = fileSource(path);
  const weights = (await readArchive(source, basename(path))).get("model.weights.h5");
  expect(await refusal("w.h5", readEntry(source, basename(path), weights as never, 1e6))).toMatch(/weights only.*model.save\(\)/);
  source.close();
});

test("a text heap that says its free space is empty is refused, where HDF5 itself would never return", async () => {
  const path = fixtures().find(({ name }) => name === "nested.3.h5")?.path as string;
  const bytes = readFileSync(path);
  const heap = bytes.indexOf("GCOL");
  expect(heap).toBeGreaterThan(0);
  bytes.fill(0, heap + 16, heap + 64);
  expect(await refusal("heap.h5", bytes)).toMatch(/cannot be opened/);
});

describe("fixtures cut and flipped anywhere", () => {
  const files = fixtures().filter(({ name }) => !name.endsWith(".json") || name.includes("tfjs") || name.startsWith("nested"));

  /** A model, or a refusal; anything else fails. Small weights are read too, as a probe would. */
  async function survives(path: string, change: (bytes: Uint8Array) => Uint8Array): Promise<void> {
    const name = basename(path);
    const folder = fileSource(dirname(path));
    const siblings = path.includes(".tfjs") ? folder.list() : [name];
    const bytes = new Map(siblings.map((file) => [file, readFileSync(`${dirname(path)}/${file}`) as Uint8Array]));
    bytes.set(name, change(bytes.get(name) as Uint8Array));
    const source = memorySource(name, bytes);
    try {
      const model = await openModel(source);
      expect(isObject(model.network as unknown as Json)).toBe(true);
      for (const entry of model.weights) readSmallWeight(source, entry);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      expect(error.message).toMatch(SENTENCE);
      expect(error.message).toContain(name);
    }
  }

  test.each(files.map(({ name, path }) => [name, path]))("%s", { timeout: 60_000 }, async (_name, path) => {
    const size = readFileSync(path).length;
    const cut = fc.integer({ min: 0, max: size - 1 }).map((at) => (bytes: Uint8Array) => bytes.slice(0, at));
    const flips = fc.array(fc.record({ at: fc.integer({ min: 0, max: size - 1 }), to: fc.integer({ min: 0, max: 255 }) }), {
      minLength: 1,
      maxLength: 8,
    });
    const flipped = flips.map((changes) => (bytes: Uint8Array) => {
      const copy = bytes.slice();
      for (const { at, to } of changes) copy[at] = to;
      return copy;
    });
    await fc.assert(
      fc.asyncProperty(fc.oneof(cut, flipped), (change) => survives(path, change)),
      { seed: 20, numRuns: 60 },
    );
  });
});

test("weights that another tool compressed are listed up to 64 MB, and else told of", async () => {
  const config = readFileSync(join(import.meta.dirname, "../fixtures/sequential.3.json"));
  const bytes = zipOf([
    { name: "config.json", bytes: config },
    { name: "model.weights.h5", bytes: new Uint8Array(0), stored: new Uint8Array(10), saysBytes: 65 * 2 ** 20, method: 8 },
  ]);
  const model = await openModel(memorySource("packed.keras", new Map([["packed.keras", bytes]])));
  expect(model.notes).toEqual(["Its weights are compressed and unpack to more than 64 MB, so they are not listed."]);
});
