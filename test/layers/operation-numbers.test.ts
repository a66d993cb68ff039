import * as tf from "@tensorflow/tfjs-core";
import { afterAll, describe, expect, it } from "vitest";
import { useShapesEngine } from "../../src/engines";
import { parseKerasDocument } from "../../src/formats/keras/document";
import { prepareModel } from "../../src/probe";
import { boundCall } from "../../src/probe/bind";
import type { PreparedNetwork } from "../../src/probe/prepared";
import { startTested, TESTED, useTested } from "../engines/tested";
import { type LayerCase, layerCases } from "./load";

const VERSIONS = { 2: "2.21.0", 3: "3.15.1" } as const;

/** Where our numbers are not Keras's, and why that is right. */
const DIFFERS: { [name: string]: string } = {
  "tf.math.top_k": "it asks for the largest in whatever order",
  "ops.rot90 twice": "Keras 3.15.1 takes an image that is turned once for one of the old size, and mixes its numbers up",
};

/** Functions that tfjs has no operation for: how many of the cases, so that no more of them turn up unseen. */
const WITHOUT_NUMBERS = { 2: 70, 3: 48 } as const;

const missing = await startTested();
if (missing) console.warn(`The native engine is not tested: ${missing}`);

describe.skipIf(missing).each([2, 3] as const)(`what operations of Keras %i compute on the engine ${TESTED}`, (kerasMajor) => {
  afterAll(() => useShapesEngine());
  const cases = layerCases("operations", kerasMajor).filter(({ probes: [first], name }) => {
    const isSized = first?.output?.every((shape) => !shape.includes(null));
    return first?.values && isSized && !(name in DIFFERS);
  });
  let unnumbered = 0;

  it.each(cases)("$name", (keras) => {
    const found = computed(keras, kerasMajor);
    if (!found) unnumbered++;
    else expect(errorOf(found, keras.probes[0]?.values ?? [])).toBeLessThan(1e-3);
  });

  it("is missing for no more functions than those that tfjs does not have", () => {
    expect(unnumbered).toBe(WITHOUT_NUMBERS[kerasMajor]);
  });
});

/** The largest difference, for large numbers in relation to them; endless where one is a number and the other is none. */
function errorOf(found: tf.Tensor[], wanted: (number | null)[][]): number {
  const errors = found.flatMap((tensor, index) => {
    const numbers = sampled(tensor);
    const others = wanted[index] ?? [];
    if (numbers.length !== others.length) return [Number.POSITIVE_INFINITY];
    return numbers.map((number, place) => {
      const other = others[place] ?? null;
      if (other === null) return Number.isFinite(number) ? Number.POSITIVE_INFINITY : 0;
      return Math.abs(number - other) / (1 + Math.abs(other));
    });
  });
  return Math.max(0, ...errors);
}

/** At most 24 numbers, as scripts/layers/generate.py picks them; of complex ones how large they are. */
function sampled(tensor: tf.Tensor): number[] {
  const all = Array.from((tensor.dtype === "complex64" ? tf.abs(tensor) : tensor).dataSync(), Number);
  const step = Math.max(1, Math.ceil(all.length / 24));
  return all.filter((_, index) => index % step === 0);
}

/** Null where one of the operations has no numbers. */
function computed({ config, name, probes }: LayerCase, kerasMajor: 2 | 3): tf.Tensor[] | null {
  const { network, producer } = parseKerasDocument(config, VERSIONS[kerasMajor]);
  const prepared = prepareModel({ name, format: "keras-json", producer, kerasMajor, network, weights: [] });
  useTested();
  try {
    return run(prepared.network, probes[0]?.inputs ?? []);
  } catch (error) {
    if (/TensorFlow.js has no operation/.test(String(error))) return null;
    throw error;
  }
}

function run(network: PreparedNetwork, shapes: number[][]): tf.Tensor[] {
  const results: tf.Tensor[][] = [];
  network.inputSteps.forEach((place, index) => {
    const isWhole = network.steps[place]?.layer.layer.config["dtype"] === "int32";
    results[place] = [input(shapes[index] ?? [], isWhole)];
  });
  for (const step of network.steps) {
    if (step.layer.isInput) continue;
    const tensors = step.sources.map(({ step: from, output }) => results[from]?.[output] as tf.Tensor);
    results[step.index] = step.layer.runner?.run(boundCall(step.node, tensors, tensors)) ?? [];
  }
  return network.outputs.map(({ step, output }) => results[step]?.[output] as tf.Tensor);
}

/** The same numbers as scripts/layers/generate.py makes. */
function input(shape: number[], isWhole: boolean): tf.Tensor {
  const count = shape.reduce((product, size) => product * size, 1);
  const numbers = Array.from({ length: count }, (_, index) => (isWhole ? (index * 7) % 5 : 0.1 + (0.8 * ((index * 37) % 101)) / 101));
  return tf.tensor(numbers, shape, isWhole ? "int32" : "float32");
}
