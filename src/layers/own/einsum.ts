import * as tf from "@tensorflow/tfjs-core";
import { formatShape, type Shape } from "../../model";
import { type Activation, activationOf } from "../activations";
import { text } from "../config";
import { type Definition, define, type WeightShapes } from "../define";
import { einsumAsKeras3 } from "../einsum";
import type { LayerTable } from "../row";

interface EinsumOptions {
  left: string;
  kernel: string;
  result: string;
  /** Sizes of the output's axes without the batch; null stays open. */
  sizes: Shape;
  biasAxes: string;
  activation: Activation;
  /** tf_keras traces what Keras 3 puts together from the input's shape and the output's. */
  isTraced: boolean;
}

function readEquation(equation: string): Pick<EinsumOptions, "left" | "kernel" | "result"> {
  // Dots stand for as many axes as there are: `0` until the rank is known.
  const [, x, w, y] = /^([a-zA-Z0]+),([a-zA-Z]+)->([a-zA-Z0]+)$/.exec(equation.replace(/\s/g, "").replaceAll("...", "0")) ?? [];
  if (!x || !w || !y) throw new Error(`its equation "${equation.slice(0, 60)}" has not the form ab,bc->ac`);
  return { left: x, kernel: w, result: y };
}

/** Letters for the axes that dots leave open, so that both sides have a letter an axis. */
function spellOut({ left, kernel, result }: EinsumOptions, rank: number): { left: string; result: string } {
  if (!left.includes("0")) return { left, result };
  const free = [..."zyxwvutsrqponmlkjihgfedcba"].filter((letter) => !(left + kernel + result).includes(letter));
  const dots = free.slice(0, rank - left.length + 1).join("");
  return { left: left.replace("0", dots), result: result.replace("0", dots) };
}

/** Sizes of all letters, from the input and from the output's shape. */
function letterSizes(options: EinsumOptions, first: Shape): Map<string, number | null> {
  const { left, result } = spellOut(options, first.length);
  const sizes = new Map<string, number | null>();
  const tail = [...result].slice(-options.sizes.length);
  for (const [index, letter] of tail.entries()) sizes.set(letter, options.sizes[index] ?? null);
  [...left].forEach((letter, index) => {
    const size = first[index] ?? null;
    if (size !== null || !sizes.has(letter)) sizes.set(letter, size);
  });
  return sizes;
}

/** @throws Error where the output's shape names another size for an axis than the input has */
function requireSameSizes({ left, result, sizes }: EinsumOptions, first: Shape, spelt: { left: string; result: string }): void {
  const tail = [...spelt.result].slice(-sizes.length);
  for (const letter of left.replace("0", "")) {
    const wanted = sizes[tail.indexOf(letter)] ?? null;
    const size = first[spelt.left.indexOf(letter)] ?? null;
    if (result.includes(letter) && wanted !== null && wanted !== size)
      throw new Error(`its output_shape has ${wanted} for axis ${letter} of its equation, its input ${size ?? "an open one"}`);
  }
}

/** Batch, the axes of dots (those on the left in turned order), and the output's shape as it is written. */
function declareWritten({ left, sizes }: EinsumOptions, first: Shape): Shape {
  const [batch = null] = first;
  const elided = first.length - left.replace("0", "").length;
  if (elided <= 0) return [batch, ...sizes];
  const isLeft = left.startsWith("0");
  return isLeft ? [batch, ...first.slice(1, elided).reverse(), ...sizes] : [batch, ...sizes, ...first.slice(first.length - elided)];
}

const known = (sizes: Map<string, number | null>, letters: string): number[] =>
  [...letters].map((letter) => {
    const size = sizes.get(letter);
    if (size === null || size === undefined) throw new Error(`the size of axis ${letter} of its equation is declared nowhere`);
    return size;
  });

const einsumDense: Definition<EinsumOptions> = {
  options: (config, { kerasMajor }) => {
    const written = config["output_shape"];
    const sizes = Array.isArray(written) ? written : [written];
    return {
      ...readEquation(text(config, "equation", "")),
      sizes: sizes.map((size) => (typeof size === "number" ? size : null)),
      biasAxes: text(config, "bias_axes", ""),
      activation: activationOf(config["activation"], kerasMajor),
      isTraced: kerasMajor === 2,
    };
  },
  weights: (options, first): WeightShapes => {
    requireSameSizes(options, first, spellOut(options, first.length));
    const sizes = letterSizes(options, first);
    const weights: WeightShapes = [["kernel", known(sizes, options.kernel)]];
    if (!options.biasAxes) return weights;
    const { result } = spellOut(options, first.length);
    const from = Math.min(...[...options.biasAxes].map((letter) => result.indexOf(letter)));
    const bias = [...result.slice(from)].map((letter) => (options.biasAxes.includes(letter) ? (known(sizes, letter)[0] as number) : 1));
    return [...weights, ["bias", bias]];
  },
  declare: (options, first) => {
    if (!options.isTraced) return declareWritten(options, first);
    const sizes = letterSizes(options, first);
    return [...spellOut(options, first.length).result].map((letter) => sizes.get(letter) ?? null);
  },
  run: (options, x, { kernel, bias }) => {
    const { left, result } = spellOut(options, x.rank);
    if (left.length !== x.rank)
      throw new Error(`${options.left.replace("0", "…")} stands for ${left.length} axes, got ${formatShape(x.shape)}`);
    const y = options.isTraced
      ? tf.einsum(`${left},${options.kernel}->${result}`, x, kernel as tf.Tensor)
      : einsumAsKeras3(left, options.kernel, result, x, kernel as tf.Tensor);
    return options.activation.apply(bias ? tf.add(y, bias) : y);
  },
};

export const EINSUM: LayerTable = { EinsumDense: define(einsumDense) };
