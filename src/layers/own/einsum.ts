import * as tf from "@tensorflow/tfjs-core";
import type { Shape } from "../../model";
import { type Activation, activationOf } from "../activations";
import { text } from "../config";
import { type Definition, define, type WeightShapes } from "../define";
import type { LayerTable } from "../row";

interface EinsumOptions {
  left: string;
  kernel: string;
  result: string;
  /** Sizes of the output's axes without the batch; null stays open. */
  sizes: Shape;
  biasAxes: string;
  activation: Activation;
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
    };
  },
  weights: (options, first): WeightShapes => {
    const sizes = letterSizes(options, first);
    const weights: WeightShapes = [["kernel", known(sizes, options.kernel)]];
    if (!options.biasAxes) return weights;
    const { result } = spellOut(options, first.length);
    const from = Math.min(...[...options.biasAxes].map((letter) => result.indexOf(letter)));
    const bias = [...result.slice(from)].map((letter) => (options.biasAxes.includes(letter) ? (known(sizes, letter)[0] as number) : 1));
    return [...weights, ["bias", bias]];
  },
  declare: (options, first) => {
    const sizes = letterSizes(options, first);
    return [...spellOut(options, first.length).result].map((letter) => sizes.get(letter) ?? null);
  },
  run: (options, x, { kernel, bias }) => {
    const { left, result } = spellOut(options, x.rank);
    const y = tf.einsum(`${left},${options.kernel}->${result}`, x, kernel as tf.Tensor);
    return options.activation.apply(bias ? tf.add(y, bias) : y);
  },
};

export const EINSUM: LayerTable = { EinsumDense: define(einsumDense) };
