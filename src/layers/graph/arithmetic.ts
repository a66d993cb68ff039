import type { Node } from "@tensorflow/tfjs-converter/dist/operations/types";
import * as tf from "@tensorflow/tfjs-core";
import { knownValues } from "../../engines";
import { diagonal, diagonalMatrix } from "../operations/picking";
import { spelledOut } from "../operations/products";
import { Unknown } from "../row";
import { booleanAttribute, numberAttribute, textAttribute } from "./attributes";
import type { OwnOperations } from "./own";

const numbersIn = (tensor: tf.Tensor | undefined): number[] => Array.from(tensor?.dataSync() ?? []);

/** Along each axis what falls off one end comes in at the other. */
function rolled([x, shifts, axes]: tf.Tensor[]): tf.Tensor {
  const by = numbersIn(shifts);
  return numbersIn(axes).reduce(
    (tensor, written, index) => {
      const axis = written < 0 ? written + tensor.rank : written;
      const size = tensor.shape[axis] ?? 1;
      const from = (((-(by[index] ?? 0) % size) + size) % size) | 0;
      return from === 0 ? tensor : tf.concat(tf.split(tensor, [from, size - from], axis).reverse(), axis);
    },
    tf.clone(x as tf.Tensor),
  );
}

/** Whether fewer than `k` predictions, an attribute at first, are above that of the target. */
function inTopK([predictions, targets, k]: tf.Tensor[], node: Node): tf.Tensor {
  const most = k ? tf.cast(k, "int32") : tf.scalar(numberAttribute(node, "k", 1), "int32");
  const classes = (predictions as tf.Tensor2D).shape[1];
  const own = tf.sum(tf.mul(predictions as tf.Tensor, tf.oneHot(tf.cast(targets as tf.Tensor, "int32"), classes)), -1, true);
  return tf.less(tf.sum(tf.cast(tf.greater(predictions as tf.Tensor, own), "int32"), -1), most);
}

/** No weights count each number once, which not every engine knows. */
function counted([x, size, weights]: tf.Tensor[], node: Node): tf.Tensor {
  const each = weights && weights.size > 0 ? weights : tf.ones((x as tf.Tensor).shape, weights?.dtype as "float32");
  const isBinary = booleanAttribute(node, "binary_output", false);
  return tf.denseBincount(x as tf.Tensor1D, each as tf.Tensor1D, numbersIn(size)[0] ?? 0, isBinary);
}

/** The one diagonal that is asked for. @throws Unknown for bands of several */
function offsetIn(k: tf.Tensor | undefined): number {
  const [first = 0, last = first] = numbersIn(k);
  if (first !== last) throw new Unknown("it works on several diagonals at once, which is not followed");
  return first;
}

/** The numbers at most `below` rows under the diagonal and `above` columns over it (all where it is below 0), zeros elsewhere. tfjs forgets those that are all. */
function band([x, below, above]: tf.Tensor[]): tf.Tensor {
  const [rows = 0, columns = 0] = (x as tf.Tensor).shape.slice(-2);
  const [under = 0, over = 0] = [below, above].map((each) => numbersIn(each)[0] ?? 0);
  const isKept = (right: number): number => Number((under < 0 || -right <= under) && (over < 0 || right <= over));
  const kept = Array.from({ length: rows * columns }, (_, index) => isKept((index % columns) - Math.floor(index / columns)));
  return tf.mul(x as tf.Tensor, tf.cast(tf.tensor2d(kept, [rows, columns]), (x as tf.Tensor).dtype));
}

function sumOfSegments([x, segments]: tf.Tensor[]): tf.Tensor {
  const places = numbersIn(segments);
  return tf.unsortedSegmentSum(x as tf.Tensor, segments as tf.Tensor1D, (places.at(-1) ?? -1) + 1);
}

/** tfjs-converter's table does not say what it reads, and tfjs wants both alike. */
function bitwiseAnd([a, b]: tf.Tensor[]): tf.Tensor {
  const shape = tf.broadcast_util.assertAndGetBroadcastShape((a as tf.Tensor).shape, (b as tf.Tensor).shape);
  return tf.bitwiseAnd(tf.broadcastTo(a as tf.Tensor, shape), tf.broadcastTo(b as tf.Tensor, shape));
}

/** Where one side alone decides, nobody needs to know the other: whether a loop goes on is often written so. Null where none does. */
function decided(given: tf.Tensor[], deciding: boolean): tf.Tensor | null {
  const known = given.map((side) => knownValues(side));
  const isDeciding = known.some((values) => values && Array.from(values).every((value) => Boolean(value) === deciding));
  if (!isDeciding || known.every((values) => values !== null)) return null;
  const [a, b] = given as [tf.Tensor, tf.Tensor];
  return tf.fill(tf.broadcast_util.assertAndGetBroadcastShape(a.shape, b.shape), deciding ? 1 : 0, "bool" as "int32");
}

/** Operations on numbers that tfjs-converter does not have, or reads wrongly. */
export const ARITHMETIC: OwnOperations = {
  BitwiseAnd: bitwiseAnd,
  DenseBincount: counted,
  Einsum: (operands, node) => tf.einsum(spelledOut(textAttribute(node, "equation", ""), operands), ...operands),
  Erfc: ([x]) => tf.sub(1, tf.erf(x as tf.Tensor)),
  InTopK: inTopK,
  InTopKV2: inTopK,
  LogicalAnd: (given, _node, _stores, plainly) => decided(given, false) ?? plainly(given),
  LogicalOr: (given, _node, _stores, plainly) => decided(given, true) ?? plainly(given),
  MatrixDiag: ([x]) => diagonalMatrix(x as tf.Tensor, 0),
  MatrixDiagV2: ([x, k]) => diagonalMatrix(x as tf.Tensor, offsetIn(k)),
  MatrixDiagV3: ([x, k]) => diagonalMatrix(x as tf.Tensor, offsetIn(k)),
  MatrixDiagPart: ([x]) => diagonal(x as tf.Tensor, 0, -2, -1),
  MatrixDiagPartV2: ([x, k]) => diagonal(x as tf.Tensor, offsetIn(k), -2, -1),
  MatrixDiagPartV3: ([x, k]) => diagonal(x as tf.Tensor, offsetIn(k), -2, -1),
  MatrixBandPart: band,
  Roll: rolled,
  SegmentSum: sumOfSegments,
};
