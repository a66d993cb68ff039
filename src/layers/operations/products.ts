import * as tf from "@tensorflow/tfjs-core";
import { type OperationRow, operation } from "../operation";
import { Unknown } from "../row";
import { tensorOf, tensorsOf } from "./values";

/** Vectors count as rows on the left and columns on the right, as in NumPy. */
function matmul(a: tf.Tensor, b: tf.Tensor, transposesA: boolean, transposesB: boolean): tf.Tensor {
  const row = a.rank === 1 ? tf.expandDims(a, 0) : a;
  const column = b.rank === 1 ? tf.expandDims(b, 1) : b;
  const product = tf.matMul(row, column, transposesA, transposesB);
  const gone = [...(a.rank === 1 ? [product.rank - 2] : []), ...(b.rank === 1 ? [product.rank - 1] : [])];
  return gone.length > 0 ? tf.squeeze(product, gone) : product;
}

/** An equation with a letter for each axis that dots stand for, and with its output, if only by what occurs once. */
export function spelledOut(equation: string, operands: tf.Tensor[]): string {
  const [inputs = "", output] = equation.replace(/\s/g, "").split("->");
  const terms = inputs.split(",");
  const free = [..."ZYXWVUTSRQPONMLKJIHGFEDCBA"].filter((letter) => !equation.includes(letter));
  const counts = terms.map((term, index) => (term.includes("...") ? (operands[index]?.rank ?? 0) - (term.length - 3) : 0));
  const most = Math.max(0, ...counts);
  const dots = (count: number): string =>
    free
      .slice(0, most)
      .slice(most - count)
      .join("");
  const spelled = terms.map((term, index) => term.replace("...", dots(counts[index] ?? 0)));
  const all = spelled.join("");
  const once = [...new Set(all)].filter((letter) => all.indexOf(letter) === all.lastIndexOf(letter) && !dots(most).includes(letter));
  return `${spelled.join(",")}->${(output ?? `...${once.sort().join("")}`).replace("...", dots(most))}`;
}

const einsum = operation("*operands", ({ operands: given, subscripts, equation = subscripts, inputs, x1, x2 }) => {
  // tf_keras writes the first of its arguments alone, a tensor: the equation and the others are lost.
  if (typeof equation !== "string") throw new Unknown("the file does not hold its equation");
  const operands = [given, inputs, x1, x2].flatMap((one) => (one === undefined || one === null ? [] : tensorsOf(one)));
  return tf.einsum(spelledOut(equation, operands), ...operands);
});

const isTrue = (...flags: unknown[]): boolean => flags.some((flag) => flag === true);

export const PRODUCTS: { [name: string]: OperationRow } = {
  matmul: operation("x1|a|x x2|b|y", (named) =>
    matmul(
      tensorOf(named["x1"]),
      tensorOf(named["x2"]),
      isTrue(named["transpose_a"], named["adjoint_a"]),
      isTrue(named["transpose_b"], named["adjoint_b"]),
    ),
  ),
  einsum,
};
