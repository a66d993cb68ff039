import * as tf from "@tensorflow/tfjs-core";
import type { Named, OperationRow } from "../operation";
import { UnknownClass } from "../row";
import { tensorOf } from "./values";

const left = (named: Named): tf.Tensor => tensorOf(named["x1"] ?? named["a"] ?? named["x"]);
const right = (named: Named): tf.Tensor => tensorOf(named["x2"] ?? named["b"] ?? named["y"]);

/** Vectors count as rows on the left and columns on the right, as in NumPy. */
function matmul(a: tf.Tensor, b: tf.Tensor, transposesA: boolean, transposesB: boolean): tf.Tensor {
  const row = a.rank === 1 ? tf.expandDims(a, 0) : a;
  const column = b.rank === 1 ? tf.expandDims(b, 1) : b;
  const product = tf.matMul(row, column, transposesA, transposesB);
  const gone = [...(a.rank === 1 ? [product.rank - 2] : []), ...(b.rank === 1 ? [product.rank - 1] : [])];
  return gone.length > 0 ? tf.squeeze(product, gone) : product;
}

function einsum(named: Named): tf.Tensor {
  const equation = named["subscripts"] ?? named["equation"];
  if (typeof equation !== "string") throw new UnknownClass("einsum");
  // tf_keras writes of its arguments the equation alone.
  const given = named["operands"] ?? named["inputs"] ?? [named["x1"], named["x2"]];
  const operands = (Array.isArray(given) ? given : [given]).flatMap((operand) =>
    operand === undefined || operand === null ? [] : [tensorOf(operand)],
  );
  return tf.einsum(equation.replaceAll(" ", ""), ...operands);
}

export const PRODUCTS: { [name: string]: OperationRow } = {
  matmul: {
    parameters: ["x1", "x2"],
    run: (named) => matmul(left(named), right(named), named["transpose_a"] === true, named["transpose_b"] === true),
  },
  einsum: { parameters: ["x1", "x2"], run: einsum },
};
