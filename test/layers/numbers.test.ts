import "@tensorflow/tfjs-backend-cpu";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import * as tf from "@tensorflow/tfjs-core";
import { afterAll, describe, expect, it } from "vitest";
import { useShapesEngine } from "../../src/engines";
import { parseKerasDocument } from "../../src/formats/keras/document";
import { DeclaredTensor, makeRunner, type Runner } from "../../src/layers";
import type { Json, Layer } from "../../src/model";
import { boundCall, declaredCall } from "../../src/probe/bind";
import { atPlaces, dataPlaces, tensorsOf } from "../../src/probe/calls";
import { startTested, TESTED, useTested } from "../engines/tested";

/** What real Keras computes with a layer of weights and inputs that are waves; made by scripts/layers/values.py. */
interface NumbersCase {
  name: string;
  kerasMajor: 2 | 3;
  config: Json;
  inputs: { shape: number[]; dtype: "float32" | "bool" }[];
  outputs: { shape: number[]; values: number[] }[];
}

const CASES = JSON.parse(gunzipSync(readFileSync(join(__dirname, "numbers.json.gz"))).toString()) as NumbersCase[];
const VERSIONS = { 2: "2.21.0", 3: "3.15.1" } as const;

const missing = await startTested();
if (missing) console.warn(`The native engine is not tested: ${missing}`);

describe.skipIf(missing)(`numbers of layers on the engine ${TESTED} are those of real Keras`, () => {
  afterAll(useShapesEngine);

  it.each(CASES)("$name, Keras $kerasMajor", ({ config, kerasMajor, inputs, outputs }) => {
    const layer = parseKerasDocument(config, VERSIONS[kerasMajor]).network.layers.at(-1) as Layer;
    const results = computed(layer, kerasMajor, inputs);
    expect(results.map(({ shape }) => shape)).toEqual(outputs.map(({ shape }) => shape));
    const worst = results.flatMap((result, index) => errorsOf(result, outputs[index]?.values ?? []));
    expect(Math.max(...worst)).toBeLessThan(2e-4);
  });
});

/** How far numbers are from those that are wanted, for large ones in relation to them. */
function errorsOf(result: tf.Tensor, wanted: number[]): number[] {
  return Array.from(result.dataSync(), (value, index) => {
    const other = wanted[index] as number;
    return Math.abs(Number(value) - other) / (1 + Math.abs(other));
  });
}

/** Runs the first call of a layer on the engine. Inputs of the model are named by their number: `in0`, `in1`. */
function computed(layer: Layer, kerasMajor: 2 | 3, inputs: NumbersCase["inputs"]): tf.Tensor[] {
  const call = layer.calls[0] ?? { args: [], kwargs: {} };
  const given = tensorsOf(call).map((ref) => Number(/^in(\d+)/.exec(ref.layer)?.[1]));
  const places = dataPlaces(call);
  const node = { layer, call: 0, inputs: [] };
  const declared = given.map((index) => new DeclaredTensor([null, ...shapeOf(inputs, index).slice(1)], "float32"));
  const build = (runner: Runner | null): Runner => {
    runner?.build(
      atPlaces(declared, places).map(({ shape }) => shape),
      declaredCall(node, declared),
    );
    return runner as Runner;
  };
  useShapesEngine();
  const { weights } = build(makeRunner(layer, { kerasMajor, knownWeights: {} }));
  const waves = weights.map(({ name, shape }, index): [string, number[]] => [name, wave(shape, index + 1, 0.1, 0.9)]);
  useTested();
  const runner = build(makeRunner(layer, { kerasMajor, knownWeights: Object.fromEntries(waves) }));
  const tensors = given.map((index) => inputTensor(inputs, index));
  return runner.run(boundCall(node, tensors, atPlaces(tensors, places)));
}

const shapeOf = (inputs: NumbersCase["inputs"], index: number): number[] => inputs[index]?.shape ?? [];

function inputTensor(inputs: NumbersCase["inputs"], index: number): tf.Tensor {
  const shape = shapeOf(inputs, index);
  const values = wave(shape, index, -1.5, 1.5);
  return inputs[index]?.dtype === "bool"
    ? tf.tensor(
        values.map((value) => value > 0),
        shape,
        "bool",
      )
    : tf.tensor(values, shape);
}

/** The same numbers as scripts/layers/values.py makes. */
function wave(shape: number[], phase: number, low: number, high: number): number[] {
  const count = shape.reduce((product, size) => product * size, 1);
  return Array.from({ length: count }, (_, index) => (low + high) / 2 + ((high - low) / 2) * Math.sin(index * 0.73 + phase));
}
