import * as tf from "@tensorflow/tfjs-core";
import { elementCount } from "../../model";
import { seeded } from "./chance";

/** One row a fill: element number `index` of a float tensor, in row-major order. @see CONTRACT.md */
const FILLS: { [fill: string]: (seed: number, isWhole: boolean) => (index: number) => number } = {
  zeros: () => () => 0,
  ones: () => () => 1,
  ramp: (_, isWhole) => (isWhole ? (index) => index % 10 : (index) => (index % 256) / 255),
  random: (seed, isWhole) => {
    const next = seeded(seed);
    return isWhole ? () => Math.floor(next() * 10) : next;
  },
};

/** The probe's tensor: `zeros`, `ones`, `ramp` (i mod 256 / 255; i mod 10 for integers) or `random:SEED` (0 to 1; 0 to 9 for integers). */
export function filled(fill: string, shape: readonly number[], dtype: tf.DataType): tf.Tensor {
  const [name = "", seed = "0"] = fill.split(":");
  const isWhole = dtype === "int32" || dtype === "bool";
  const make = FILLS[name];
  if (!make) throw new Error(`there is no fill ${fill}`);
  const element = make(Number(seed), isWhole);
  const numbers = new Float32Array(elementCount(shape));
  for (let index = 0; index < numbers.length; index++) numbers[index] = element(index);
  return tensorOf(numbers, shape, dtype);
}

/** A tensor of these numbers; those of an input of integers are whole, those of one of texts are written out. */
export function tensorOf(numbers: Float32Array, shape: readonly number[], dtype: tf.DataType): tf.Tensor {
  if (dtype === "string") return tf.tensor(Array.from(numbers, String), shape.slice(), dtype);
  const isWhole = dtype === "int32" || dtype === "bool";
  return tf.tensor(isWhole ? Int32Array.from(numbers) : numbers, shape.slice(), dtype);
}
