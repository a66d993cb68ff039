import * as tf from "@tensorflow/tfjs-core";
import { hasNumbers } from "../masks";
import type { Named } from "../operation";
import { shapeOnly } from "../shape-only";
import { sizesOf } from "./values";

const bell = (size: number, sigma: number): number[] => {
  const heights = Array.from({ length: size }, (_, index) => Math.exp(-0.5 * ((index - (size - 1) / 2) / sigma) ** 2));
  const sum = heights.reduce((total, height) => total + height, 0);
  return heights.map((height) => height / sum);
};

const numbersOr = (value: unknown, fallback: number): [number, number] => {
  const [first = fallback, second = first] = [value ?? []].flat() as number[];
  return [first, second];
};

/** Every channel by itself; Keras lays the window's numbers out columns first, whatever its sides. */
export function blurred(x: tf.Tensor4D, named: Named): tf.Tensor {
  if (!hasNumbers()) return shapeOnly([x], x.shape);
  const [height = 3, width = height] = sizesOf(named["kernel_size"] ?? [3, 3]);
  const [first, second] = numbersOr(named["sigma"], 1);
  const [rows, columns] = [bell(height, first), bell(width, second)];
  const window = tf.tensor4d(columns.flatMap((b) => rows.map((a) => a * b)), [height, width, 1, 1]); // biome-ignore format: one product
  return tf.depthwiseConv2d(x, tf.tile(window, [1, 1, x.shape[3], 1]) as tf.Tensor4D, 1, "same");
}

/** How much brighter it becomes downwards, and to the right. */
const SOBEL = [
  [-1, -1],
  [-2, 0],
  [-1, 1],
  [0, -2],
  [0, 0],
  [0, 2],
  [1, -1],
  [2, 0],
  [1, 1],
];

/** Two numbers for each, along a new last axis. */
export function sobelEdges(x: tf.Tensor4D): tf.Tensor {
  const shape = [...x.shape, 2];
  if (!hasNumbers()) return shapeOnly([x], shape);
  const rims: [number, number][] = [[0, 0], [1, 1], [1, 1], [0, 0]]; // biome-ignore format: a row
  const window = tf.tile(tf.tensor4d(SOBEL.flat(), [3, 3, 1, 2]), [1, 1, x.shape[3], 1]);
  return tf.reshape(tf.depthwiseConv2d(tf.mirrorPad(x, rims, "reflect"), window as tf.Tensor4D, 1, "valid"), shape);
}
