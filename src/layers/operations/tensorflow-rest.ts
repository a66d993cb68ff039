import * as tf from "@tensorflow/tfjs-core";
import { UnknownNumbers } from "../../engines";
import { elementCount, formatShape, type Shape } from "../../model";
import { frontAxis } from "../config";
import { type Named, type OperationRow, operation } from "../operation";
import { type Bound, Unknown } from "../row";
import { shapeOnly } from "../shape-only";
import { broadcastTo } from "../stretching";
import { steps } from "./axes";
import { LOSSES } from "./losses";
import { perAxis } from "./patches";
import { declareJoined, SHAPING } from "./shaping";
import { declareSlice } from "./slicing";
import { declaredShapeOf, declaredSizes, integerArgument, isNone, sizesOf, tensorOf, tensorsOf } from "./values";
import { WINDOWS } from "./windows";

const whole = (value: Bound | undefined): tf.Tensor => tf.cast(tensorOf(value, "int32"), "int32");

const unknownCount = (parameters: string, what: string, declare: OperationRow["declare"]): OperationRow =>
  operation(
    parameters,
    () => {
      throw new UnknownNumbers(`how many ${what} depends on numbers that are not known`);
    },
    declare,
  );

/** Pairs of numbers, as `[[1, 2], [0, 0]]`. */
function pairsOf(value: Bound | undefined): number[][] {
  const flat = sizesOf(value);
  return steps(flat.length / 2).map((index) => flat.slice(2 * index, 2 * index + 2));
}

/** A batch becomes another by blocks that a stand-in for an open axis need not have. `map` is given a size, the block's and both rims. */
const declareBlocks =
  (map: (size: number, side: number, rims: number) => number): OperationRow["declare"] =>
  ({ input, block_shape: block, paddings, crops }) => {
    const sides = sizesOf(block as Bound);
    const rims = pairsOf((paddings ?? crops) as Bound);
    return declaredShapeOf(input).map((size, axis) => {
      const side = sides[axis - 1];
      if (axis === 0 || size === null || side === undefined) return axis === 0 ? null : size;
      return map(
        size,
        side,
        (rims[axis - 1] ?? []).reduce((sum, rim) => sum + rim, 0),
      );
    });
  };

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

/** What its name says is in the arguments that a config does not have. */
const withArguments = (row: OperationRow | undefined, more: Named): OperationRow => ({
  ...(row as OperationRow),
  run: (named) => (row as OperationRow).run({ ...named, ...more }),
});

const pool = (named: Named): OperationRow => WINDOWS[named["pooling_type"] === "AVG" ? "average_pool" : "max_pool"] as OperationRow;

const ensureShape = operation(
  "x shape",
  ({ x: given, shape }) => {
    const x = tensorOf(given);
    const asked = (Array.isArray(shape) ? shape : []) as (number | null)[];
    const isFit = asked.length === x.rank && asked.every((size, axis) => size === null || size === x.shape[axis]);
    if (!isFit) throw new Error(`expected ${formatShape(asked)}, got ${formatShape(x.shape)}`);
    return x;
  },
  ({ x, shape }) => {
    const asked = (Array.isArray(shape) ? shape : []) as (number | null)[];
    return declaredShapeOf(x).map((size, axis) => size ?? asked[axis] ?? null);
  },
);

const random = (make: (shape: number[]) => tf.Tensor): OperationRow =>
  operation(
    "shape|size",
    ({ shape }) => make(sizesOf(shape)),
    ({ shape }) => declaredSizes(shape),
  );

const sequenceMask = operation(
  "lengths maxlen",
  ({ lengths, maxlen }) => {
    if (isNone(maxlen)) throw new UnknownNumbers("the largest length depends on numbers that are not known");
    const x = tensorOf(lengths, "int32");
    return tf.less(tf.range(0, integerArgument(maxlen, 0), 1, x.dtype as "int32"), tf.expandDims(x, -1));
  },
  ({ lengths, maxlen }) => [...declaredShapeOf(lengths), typeof maxlen === "number" ? maxlen : null],
);

const likeInput: OperationRow["declare"] = ({ x }) => declaredShapeOf(x);

/** TensorFlow's functions that Keras does not have, or has with other arguments: by their names, with the module where that tells them apart. */
/** A function whose name tells how many axes it slides along. */
const alongAxes = (row: OperationRow | undefined, axes: number): OperationRow => ({
  ...(row as OperationRow),
  run: (named) => {
    const { shape } = tensorOf(named["inputs"]);
    if (shape.length !== axes + 2) throw new Error(`it wants ${axes + 2} axes, got ${formatShape(shape)}`);
    return (row as OperationRow).run(named);
  },
});

/** `max_pool2d` and its like, of one, two and three axes. */
const pooledAlong = (prefix: string, row: OperationRow | undefined): { [name: string]: OperationRow } =>
  Object.fromEntries([1, 2, 3].map((axes) => [`${prefix}${axes}d`, alongAxes(row, axes)]));

export const TENSORFLOW_REST: { [name: string]: OperationRow } = {
  concat: { ...(SHAPING["concatenate"] as OperationRow), declare: (named) => declareJoined(named, true) },
  ...pooledAlong("max_pool", WINDOWS["max_pool"]),
  ...pooledAlong("avg_pool", WINDOWS["average_pool"]),
  tile: operation("input multiples", ({ input, multiples }) => {
    const [x, counts] = [tensorOf(input), sizesOf(multiples)];
    if (counts.length !== x.rank) throw new Error(`its multiples are for ${counts.length} axes, got ${formatShape(x.shape)}`);
    return tf.tile(x, counts);
  }),
  atan2: operation("y x", ({ y, x }) => tf.atan2(tensorOf(y), tensorOf(x))),
  igamma: operation("a x", ({ a, x }) => unnumbered(tf.add(tensorOf(a), tensorOf(x)))),
  zeta: operation("x q", ({ x, q }) => unnumbered(tf.add(tensorOf(x), tensorOf(q)))),
  scalar_mul: operation("scalar x", ({ scalar, x }) => tf.mul(tensorOf(scalar), tensorOf(x))),
  polyval: operation("coeffs x", ({ coeffs, x }) => {
    const at = tensorOf(x);
    return (Array.isArray(coeffs) ? coeffs : [coeffs]).reduce<tf.Tensor>(
      (sum, coefficient) => tf.add(tf.mul(sum, at), tensorOf(coefficient)),
      tf.zerosLike(at),
    );
  }),
  in_top_k: operation("predictions targets k", ({ predictions, targets, k }) => {
    const { indices } = tf.topk(tensorOf(predictions), integerArgument(k, 1));
    return tf.any(tf.equal(indices, tf.expandDims(whole(targets), -1)), -1);
  }),
  is_non_decreasing: operation("x", ({ x }) => shapeOnly([tensorOf(x)], [], "bool")),
  confusion_matrix: operation("labels predictions num_classes", ({ labels, predictions, num_classes: count }) => {
    if (isNone(count)) throw new UnknownNumbers("how many classes there are depends on numbers that are not known");
    const side = integerArgument(count, 1);
    return shapeOnly([tensorOf(labels), tensorOf(predictions)], [side, side], "int32");
  }),
  histogram_fixed_width: operation("values value_range nbins", ({ values, nbins }) =>
    shapeOnly([tensorOf(values)], [integerArgument(nbins, 100)], "int32"),
  ),
  clip_by_norm: operation(
    "x|t clip_norm axes",
    ({ x: given, clip_norm: most }) => {
      const x = tensorOf(given);
      const length = tf.sqrt(tf.sum(tf.square(x)));
      return tf.div(tf.mul(x, tensorOf(most)), tf.maximum(length, tensorOf(most)));
    },
    likeInput,
  ),
  complex: operation("real imag", ({ real, imag }) => tf.complex(tensorOf(real), tensorOf(imag))),
  fill: operation(
    "dims value",
    ({ dims, value }) => broadcastTo(tensorOf(value), sizesOf(dims)),
    ({ dims }) => declaredSizes(dims),
  ),
  reverse_sequence: operation(
    "x|input seq_lengths seq_axis batch_axis",
    ({ x }) => shapeOnly([tensorOf(x)], tensorOf(x).shape),
    ({ x, seq_lengths: lengths, batch_axis: axis }) => declaredShapeOf(x).with(Number(axis ?? 0), declaredShapeOf(lengths)[0] ?? null),
  ),
  searchsorted: operation("sorted_sequence values side", ({ sorted_sequence: sorted, values, side }) =>
    tf.searchSorted(tensorOf(sorted), tensorOf(values), side === "right" ? "right" : "left"),
  ),
  sequence_mask: sequenceMask,
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
  gather_nd: operation("params indices batch_dims", ({ params, indices, batch_dims: batchAxes }) =>
    gatherNd(tensorOf(params), whole(indices), integerArgument(batchAxes, 0)),
  ),
  scatter_nd: operation(
    "indices updates shape",
    ({ indices, updates, shape }) => tf.scatterND(whole(indices), tensorOf(updates), sizesOf(shape)),
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
  meshgrid: operation("*args", () => {
    throw new Unknown("the file holds the first of its arguments alone");
  }),
  ensure_shape: ensureShape,
  space_to_batch_nd: operation(
    "input|x block_shape paddings",
    ({ input, block_shape: block, paddings }) => tf.spaceToBatchND(tensorOf(input), sizesOf(block), pairsOf(paddings)),
    declareBlocks((size, side, rims) => (size + rims) / side),
  ),
  batch_to_space_nd: operation(
    "input|x block_shape crops",
    ({ input, block_shape: block, crops }) => tf.batchToSpaceND(tensorOf(input), sizesOf(block), pairsOf(crops)),
    declareBlocks((size, side, rims) => size * side - rims),
  ),
  crelu: operation("features axis", ({ features, axis }) => {
    const x = tensorOf(features);
    return tf.concat([tf.relu(x), tf.relu(tf.neg(x))], frontAxis(integerArgument(axis, -1), x.rank));
  }),
  dropout: operation("x rate", ({ x }) => tensorOf(x), likeInput),
  embedding_lookup: operation("params ids", ({ params, ids }) => tf.gather(tensorsOf(params)[0] as tf.Tensor, whole(ids))),
  pool: operation("input window_shape pooling_type strides padding data_format dilations|dilation_rate", (named) =>
    pool(named).run({
      inputs: named["input"] ?? null,
      pool_size: named["window_shape"] ?? null,
      ksize: null,
      strides: named["strides"] ?? named["window_shape"] ?? null,
      padding: named["padding"] ?? null,
      data_format: named["data_format"] ?? null,
    }),
  ),
  dilation2d: operation("input filters|filter strides padding data_format dilations|rates", (named) =>
    tf.dilation2d(
      tensorOf(named["input"]) as tf.Tensor4D,
      tensorOf(named["filters"]) as tf.Tensor3D,
      perAxis(named["strides"], 2, [1, 1]) as [number, number],
      String(named["padding"]).toLowerCase() as "same" | "valid",
      perAxis(named["dilations"], 2, [1, 1]) as [number, number],
    ),
  ),
  softmax_cross_entropy_with_logits_v2: withArguments(LOSSES["categorical_crossentropy"], { from_logits: true }),
  sigmoid_cross_entropy_with_logits: withArguments(LOSSES["binary_crossentropy"], { from_logits: true }),
  sparse_softmax_cross_entropy_with_logits: withArguments(LOSSES["sparse_categorical_crossentropy"], { from_logits: true }),
  batch_flatten: operation(
    "x",
    ({ x }) => tf.reshape(tensorOf(x), [tensorOf(x).shape[0] as number, -1]),
    () => [null, null],
  ),
  bincount: unknownCount("arr weights minlength", "bins there are", () => [null]),
  "random.normal": random((shape) => tf.randomNormal(shape)),
  "random.uniform": random((shape) => tf.randomUniform(shape)),
  "random.truncated_normal": random((shape) => tf.truncatedNormal(shape)),
  "random.stateless_normal": random((shape) => tf.randomNormal(shape)),
  "random.stateless_uniform": random((shape) => tf.randomUniform(shape)),
};

function unnumbered(x: tf.Tensor): tf.Tensor {
  return shapeOnly([x], x.shape, x.dtype);
}
