import * as tf from "@tensorflow/tfjs-core";
import { UnknownNumbers } from "../../engines";
import { elementCount, formatShape, type Shape } from "../../model";
import { type OperationRow, operation } from "../operation";
import { shapeOnly } from "../shape-only";
import { steps } from "./axes";
import { unknownCount } from "./picking";
import { declareSlice } from "./slicing";
import { declaredShapeOf, declaredSizes, integerArgument, isNone, sizesOf, tensorOf, wholeOf } from "./values";

/** The first axes of both count the same things. */
function gatherNd(params: tf.Tensor, indices: tf.Tensor, batchAxes: number): tf.Tensor {
  if (batchAxes === 0) return tf.gatherND(params, indices);
  const batch = params.shape.slice(0, batchAxes);
  if (batch.join() !== indices.shape.slice(0, batchAxes).join())
    throw new Error(`${formatShape(params.shape)} and the indices of ${formatShape(indices.shape)} are of other batches`);
  const count = elementCount(batch);
  const flat = tf.reshape(indices, [count, ...indices.shape.slice(batchAxes)]);
  const ones = flat.shape.slice(1).map(() => 1);
  const numbers = tf.tile(tf.reshape(tf.range(0, count, 1, "int32"), [count, ...ones]), [1, ...flat.shape.slice(1, -1), 1]);
  const picked = tf.gatherND(tf.reshape(params, [count, ...params.shape.slice(batchAxes)]), tf.concat([numbers, flat], -1));
  return tf.reshape(picked, [...batch, ...picked.shape.slice(1)]);
}

const sequenceMask = operation(
  "lengths maxlen",
  ({ lengths, maxlen }) => {
    if (isNone(maxlen)) throw new UnknownNumbers("the largest length depends on numbers that are not known");
    const x = tensorOf(lengths, "int32");
    return tf.less(tf.range(0, integerArgument(maxlen, 0), 1, x.dtype as "int32"), tf.expandDims(x, -1));
  },
  ({ lengths, maxlen }) => [...declaredShapeOf(lengths), typeof maxlen === "number" ? maxlen : null],
);

/** TensorFlow's functions that pick numbers out, or cut, where Keras has none of the same arguments. */
export const TENSORFLOW_PICKING: { [name: string]: OperationRow } = {
  reverse_sequence: operation(
    "x|input seq_lengths seq_axis batch_axis",
    ({ x }) => shapeOnly([tensorOf(x)], tensorOf(x).shape),
    ({ x, seq_lengths: lengths, batch_axis: axis }) => declaredShapeOf(x).with(Number(axis ?? 0), declaredShapeOf(lengths)[0] ?? null),
  ),
  sequence_mask: sequenceMask,
  gather_nd: operation("params indices batch_dims", ({ params, indices, batch_dims: batchAxes }) =>
    gatherNd(tensorOf(params), wholeOf(indices), integerArgument(batchAxes, 0)),
  ),
  scatter_nd: operation(
    "indices updates shape",
    ({ indices, updates, shape }) => tf.scatterND(wholeOf(indices), tensorOf(updates), sizesOf(shape)),
    ({ shape }) => declaredSizes(shape),
  ),
  boolean_mask: unknownCount("tensor mask axis", "the mask lets through", ({ tensor, mask }) => [
    null,
    ...declaredShapeOf(tensor).slice(declaredShapeOf(mask).length),
  ]),
  dynamic_partition: unknownCount("data partitions num_partitions", "are in each part", ({ data, partitions, num_partitions: count }) => {
    const rest: Shape = declaredShapeOf(data).slice(declaredShapeOf(partitions).length);
    return steps(Number(count)).map((): Shape => [null, ...rest]);
  }),
  unique: unknownCount("x", "differ", ({ x }) => [[null], declaredShapeOf(x)]),
  "image.non_max_suppression": unknownCount("boxes scores max_output_size", "boxes are kept", () => [null]),
  bincount: unknownCount("arr weights minlength", "bins there are", () => [null]),
  strided_slice: operation(
    "x|input_ begin end strides",
    ({ x, begin, end, strides }) =>
      tf.stridedSlice(tensorOf(x), sizesOf(begin), sizesOf(end), isNone(strides) ? undefined : sizesOf(strides)),
    ({ x, begin, end, strides }) => {
      const [from, to, by] = [begin, end, strides].map((list) => (Array.isArray(list) ? (list as number[]) : []));
      return declareSlice(
        declaredShapeOf(x),
        (from ?? []).map((start, axis) => ({ kind: "slice", start, stop: to?.[axis] ?? null, step: by?.[axis] ?? 1 })),
      );
    },
  ),
  searchsorted: operation("sorted_sequence values side", ({ sorted_sequence: sorted, values, side }) =>
    tf.searchSorted(tensorOf(sorted), tensorOf(values), side === "right" ? "right" : "left"),
  ),
  unravel_index: operation("indices dims", ({ indices, dims }) => {
    const [x, sizes] = [tensorOf(indices), sizesOf(dims)];
    return shapeOnly([x], [sizes.length, ...x.shape], "int32");
  }),
  invert_permutation: operation("x", ({ x }) => shapeOnly([tensorOf(x)], tensorOf(x).shape, "int32")),
};
