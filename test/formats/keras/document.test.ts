import { describe, expect, test } from "vitest";
import { parseKerasDocument } from "../../../src/formats/keras/document";
import { tensorsOf } from "../../../src/formats/keras/tensors";
import { parseJson } from "../../../src/formats/parse-json";
import type { Json, JsonObject, Network } from "../../../src/model";

const dense = (name: string, more: object = {}) => ({ class_name: "Dense", config: { name, units: 2, ...more } });
const input = (name: string, shape: (number | null)[] = [null, 4]) => ({
  class_name: "InputLayer",
  config: { name, batch_input_shape: shape, dtype: "float32" },
});
const sequential = (layers: object[], more: object = {}): Json =>
  ({ class_name: "Sequential", config: { name: "s", layers, ...more } }) as unknown as Json;

/** `layer ← layer/call` for each call, ids first. */
function wiring({ layers }: Network): string[] {
  return layers.flatMap(({ id, calls }) => calls.map((call) => `${id} ← ${tensorsOf(call).map((ref) => `${ref.layer}/${ref.call}`)}`));
}

describe("a Sequential is a chain that begins with an input", () => {
  test.each<[string, Json, string[], unknown]>([
    ["with an InputLayer", sequential([input("in"), dense("d")]), ["in", "d"], [null, 4]],
    [
      "with a shape on its first layer",
      sequential([dense("d", { batch_input_shape: [null, 5] }), dense("e")]),
      ["d_input", "d", "e"],
      [null, 5],
    ],
    [
      "as Keras 2.0 wrote it",
      { class_name: "Sequential", config: [dense("d", { batch_input_shape: [null, 5] })] } as unknown as Json,
      ["d_input", "d"],
      [null, 5],
    ],
    ["deferred, and built", sequential([dense("d")], { build_input_shape: [null, 7] }), ["d_input", "d"], [null, 7]],
    ["deferred, and never built", sequential([dense("d")]), ["d_input", "d"], null],
    [
      "with a model first",
      sequential([sequential([input("in", [null, 9]), dense("d")]) as object, dense("e")]),
      ["s_input", "s", "e"],
      [null, 9],
    ],
    [
      "with the name taken",
      sequential([dense("d", { batch_input_shape: [null, 5] }), dense("d_input")]),
      ["d_input_1", "d", "d_input"],
      [null, 5],
    ],
  ])("%s", (_what, json, names, shape) => {
    const { network } = parseKerasDocument(json);
    expect(network.kind).toBe("sequential");
    expect(network.layers.map(({ name }) => name)).toEqual(names);
    const { config, className } = network.layers[0] as Network["layers"][0];
    expect(className).toBe("InputLayer");
    expect(config["batch_shape"] ?? config["batch_input_shape"] ?? null).toEqual(shape);
    expect(network.outputs).toEqual([{ layer: names.at(-1), call: 0, output: 0 }]);
    expect(wiring(network)).toEqual(names.slice(1).map((name, index) => `${name} ← ${names[index]}/0`));
  });
});

describe("calls of nested models are counted from 0", () => {
  const inner = {
    class_name: "Functional",
    name: "inner",
    config: {
      name: "inner",
      layers: [
        { ...input("i"), name: "i", inbound_nodes: [] },
        { ...dense("d"), name: "d", inbound_nodes: [[["i", 0, 0, {}]]] },
      ],
      input_layers: [["i", 0, 0]],
      output_layers: [["d", 0, 0]],
    },
  };
  const outer = (uses: Json[], outputs: Json, nodes: Json): Json =>
    ({
      class_name: "Functional",
      config: {
        name: "outer",
        layers: [
          { ...input("x"), name: "x", inbound_nodes: [] },
          { ...inner, inbound_nodes: nodes },
          { class_name: "Add", name: "add", config: { name: "add" }, inbound_nodes: [uses] },
        ],
        input_layers: [["x", 0, 0]],
        output_layers: outputs,
      },
      keras_version: "2.15.0",
    }) as unknown as Json;
  const twice: Json = [[["x", 0, 0, {}]], [["x", 0, 0, {}]]];

  test.each<[string, Json, string[], number]>([
    [
      "counted from 1",
      outer(
        [
          ["inner", 1, 0, {}],
          ["inner", 2, 0, {}],
        ],
        [["inner", 2, 0]],
        twice,
      ),
      ["inner/0", "inner/1"],
      1,
    ],
    [
      "counted from 0 by an old writer",
      outer(
        [
          ["inner", 0, 0, {}],
          ["inner", 1, 0, {}],
        ],
        [["inner", 1, 0]],
        twice,
      ),
      ["inner/0", "inner/1"],
      1,
    ],
    [
      "one call",
      outer(
        [
          ["inner", 1, 0, {}],
          ["x", 0, 0, {}],
        ],
        [["add", 0, 0]],
        [[["x", 0, 0, {}]]],
      ),
      ["inner/0", "x/0"],
      0,
    ],
  ])("%s", (_what, json, sources, outputCall) => {
    const { network } = parseKerasDocument(json);
    expect(wiring(network).at(-1)).toBe(`add ← ${sources}`);
    expect(network.outputs[0]?.call).toBe(outputCall);
    expect(network.layers[1]?.network?.layers.map(({ id }) => id)).toEqual(["inner/i", "inner/d"]);
  });

  test("Keras 3 counts from 0 where a layer reads it and from 1 where it is an output", () => {
    const tensor = (...history: Json[]): Json => ({
      class_name: "__keras_tensor__",
      config: { shape: [null, 2], dtype: "float32", keras_history: history },
    });
    const call = (...args: Json[]): Json => ({ args, kwargs: {} });
    const json = outer(
      [],
      [
        ["inner", 1, 0],
        ["add", 0, 0],
      ],
      [call(tensor("x", 0, 0))],
    ) as { config: { layers: Json[] } } & JsonObject;
    json.config.layers[2] = {
      module: "keras.layers",
      class_name: "Add",
      name: "add",
      config: { name: "add" },
      inbound_nodes: [call([tensor("inner", 0, 0), tensor("x", 0, 0)])],
    };
    const { network } = parseKerasDocument(json, "3.15.1");
    expect(wiring(network).at(-1)).toBe("add ← inner/0,x/0");
    expect(network.outputs.map(({ layer, call: number }) => [layer, number])).toEqual([
      ["inner", 0],
      ["add", 0],
    ]);
  });
});

describe("outputs", () => {
  const model = (outputs: Json): Json =>
    ({
      class_name: "Functional",
      config: {
        name: "m",
        layers: ["x", "y"].map((name) => ({ ...input(name), name, inbound_nodes: [] })),
        input_layers: [["x", 0, 0]],
        output_layers: outputs,
      },
    }) as unknown as Json;
  test.each<[string, Json, string[]]>([
    [
      "a list",
      [
        ["x", 0, 0],
        ["y", 0, 0],
      ],
      ["x", "y"],
    ],
    ["one, as Keras 3 writes it", ["x", 0, 0], ["x"]],
    ["a dict, in the order of its keys", { b: ["x", 0, 0], a: ["y", 0, 0] }, ["y", "x"]],
    [
      "lists in a dict",
      {
        b: [["x", 0, 0]],
        a: [
          ["y", 0, 0],
          ["x", 0, 0],
        ],
      },
      ["y", "x", "x"],
    ],
  ])("%s", (_what, outputs, names) => {
    expect(parseKerasDocument(model(outputs)).network.outputs.map(({ layer }) => layer)).toEqual(names);
  });
});

describe("who wrote it", () => {
  test.each<[string | null, string | null, 2 | 3]>([
    ["2.15.0", "keras 2.15.0", 2],
    ["3.15.1", "keras 3.15.1", 3],
    ["tfjs-layers 4.22.0", "tfjs-layers 4.22.0", 2],
    [null, null, 2],
  ])("%s", (version, producer, kerasMajor) => {
    const json = { ...(sequential([input("in"), dense("d")]) as object), ...(version ? { keras_version: version } : {}) } as Json;
    expect(parseKerasDocument(json)).toMatchObject({ producer, kerasMajor });
  });

  test("Keras 3 is known by its batch_shape where no version is told", () => {
    const first = { class_name: "InputLayer", config: { name: "in", batch_shape: [null, 4] } };
    expect(parseKerasDocument(sequential([first, dense("d")])).kerasMajor).toBe(3);
  });
});

describe("JSON as Python writes it", () => {
  test.each<[string, Json]>([
    ['{"a": NaN, "b": [-Infinity, Infinity], "c": "NaN"}', { a: null, b: [null, null], c: "NaN" }],
    ['{"quote": "a \\" } ]", "slash": "\\\\"}', { quote: 'a " } ]', slash: "\\" }],
  ])("%s", (text, value) => {
    expect(parseJson(text)).toEqual(value);
  });
});
