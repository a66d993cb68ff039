import { describe, expect, it } from "vitest";
import type { JsonObject, Report } from "../../src/model";
import { modelOf, sent } from "../probe/models";

interface Case {
  what: string;
  layer: { class_name: string; config: JsonObject; registered_name?: string };
  input: { shape: (number | null)[]; dtype: string };
  probe: number[];
  why: RegExp;
}

const words = { shape: [null, 1], dtype: "string" };
const numbers = { shape: [null, 6], dtype: "float32" };
const cell = { class_name: "MyCell", config: { units: 3 } };

const CASES: Case[] = [
  {
    what: "texts with as many words as they have",
    layer: { class_name: "TextVectorization", config: { output_mode: "int", split: "whitespace", vocabulary_size: 9 } },
    input: words,
    probe: [2, 1],
    why: /how many words come out is a matter of the texts/,
  },
  {
    what: "a vocabulary that is not in the file",
    layer: { class_name: "StringLookup", config: { output_mode: "multi_hot", vocabulary: null } },
    input: words,
    probe: [2, 1],
    why: /as many columns as its vocabulary has words/,
  },
  {
    what: "a mode that Keras does not have",
    layer: { class_name: "Hashing", config: { output_mode: "many_hot", num_bins: 3 } },
    input: words,
    probe: [2, 1],
    why: /its output_mode many_hot is not one of Keras's/,
  },
  {
    what: "a mode of sound that Keras does not have",
    layer: { class_name: "STFTSpectrogram", config: { mode: "loud" } },
    input: { shape: [null, 900, 1], dtype: "float32" },
    probe: [2, 900, 1],
    why: /its mode loud is not one of Keras's/,
  },
  {
    what: "a cell of a class that nobody knows",
    layer: { class_name: "RNN", config: { cell } },
    input: { shape: [null, 4, 6], dtype: "float32" },
    probe: [2, 4, 6],
    why: /the class MyCell inside it is not known/,
  },
  {
    what: "a layer of a class that nobody knows in another",
    layer: { class_name: "TimeDistributed", config: { layer: { class_name: "Mine", config: { name: "mine" } } } },
    input: { shape: [null, 4, 6], dtype: "float32" },
    probe: [2, 4, 6],
    why: /the class Mine inside it is not known/,
  },
  {
    what: "a layer of somebody's own in another, by the name of one of Keras's",
    layer: {
      class_name: "TimeDistributed",
      config: { layer: { class_name: "Dense", module: "mine", registered_name: "Mine>Dense", config: { name: "own", units: 3 } } },
    },
    input: { shape: [null, 4, 6], dtype: "float32" },
    probe: [2, 4, 6],
    why: /the class Dense inside it is not known/,
  },
  { what: "a Lambda", layer: { class_name: "Lambda", config: {} }, input: numbers, probe: [2, 6], why: /Python code/ },
  {
    what: "a class of one's own",
    layer: { class_name: "Scale", config: {}, registered_name: "My>Scale" },
    input: numbers,
    probe: [2, 6],
    why: /its class is not one of Keras's own/,
  },
];

describe.each(CASES)("$what", ({ layer, input, probe, why }) => {
  it("is unknown with the reason, and so is what comes after it, without one", async () => {
    const { layers, failure, outputs } = await reportOn(layer, input, probe);
    expect(failure).toBeNull();
    expect(outputs).toEqual([]);
    expect(layers.map(({ status }) => status)).toEqual(["ok", "unknown", "unknown"]);
    expect(layers[1]?.message).toMatch(why);
    expect(layers[2]?.message).toBeUndefined();
  });
});

describe("an activation of somebody's own", () => {
  it("leaves a layer its weights, and what comes out is what the file tells", async () => {
    const dense = { class_name: "Dense", config: { units: 5, activation: "My>bend" } };
    const { layers, failure } = await reportOn(dense, numbers, [3, 6]);
    expect(failure).toBeNull();
    expect(layers.map(({ status }) => status)).toEqual(["ok", "unknown", "ok"]);
    expect(layers.map(({ output }) => output)).toEqual([[[3, 6]], [[3, 5]], [[3, 2]]]);
    expect(layers[1]).toMatchObject({ parameters: 35, message: "its activation My>bend is not one of Keras's own" });
  });
});

describe("words", () => {
  it("go into a model like numbers", async () => {
    const lookup = { class_name: "StringLookup", config: { output_mode: "count", vocabulary_size: 6 } };
    const report = await reportOn(lookup, { shape: [null, 4], dtype: "string" }, [3, 4]);
    expect(report.model.inputs).toMatchObject([{ declared: [null, 4], dtype: "string" }]);
    expect(report.layers.map(({ output }) => output)).toEqual([[[3, 4]], [[3, 6]], [[3, 2]]]);
  });
});

/** What a probe says of an input, a layer and a Dense. */
function reportOn(layer: Case["layer"], { shape, dtype }: Case["input"], probe: number[]): Promise<Report> {
  const config = (own: JsonObject, name: string): JsonObject => ({ ...own, name, trainable: true });
  const layers = [
    { class_name: "InputLayer", module: "keras.layers", config: { batch_shape: shape, dtype, name: "given" } },
    { module: "keras.layers", ...layer, config: config(layer.config, "asked") },
    { class_name: "Dense", module: "keras.layers", config: config({ units: 2 }, "after") },
  ];
  const document = { class_name: "Sequential", config: { name: "model", layers } };
  return sent(modelOf(document, "3.15.1"), { given: probe });
}
