import * as tf from "@tensorflow/tfjs-core";
import { formatShape } from "../../model";
import { frontAxis } from "../config";
import { type Named, type OperationRow, operation } from "../operation";
import type { Bound } from "../row";
import { shapeOnly } from "../shape-only";
import { steps } from "./axes";
import { LOSSES } from "./losses";
import { paddingOf, perAxis } from "./patches";
import { axesOf } from "./reductions";
import { declaredShapeOf, integerArgument, sizesOf, tensorOf, tensorsOf, wholeOf } from "./values";
import { WINDOWS } from "./windows";

const likeInput: OperationRow["declare"] = ({ x }) => declaredShapeOf(x);

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

/** What its name says is in the arguments that a config does not have. */
const withArguments = (row: OperationRow | undefined, more: Named): OperationRow => ({
  ...(row as OperationRow),
  run: (named) => (row as OperationRow).run({ ...named, ...more }),
});

const pool = (named: Named): OperationRow => WINDOWS[named["pooling_type"] === "AVG" ? "average_pool" : "max_pool"] as OperationRow;

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

/** The last axis of the kernel is that of the channels, each of which has its own. An erosion is a dilation of the negative, with the kernel turned round. */
const morphological = (sign: 1 | -1): OperationRow =>
  operation("input|value filters|filter|kernel strides padding data_format dilations|rates", (named) => {
    const x = tensorOf(named["input"]);
    const slid = tf.dilation2d(
      (sign === 1 ? x : tf.neg(x)) as tf.Tensor4D,
      (sign === 1 ? tensorOf(named["filters"]) : tf.reverse(tensorOf(named["filters"]), [0, 1])) as tf.Tensor3D,
      perAxis(named["strides"], 2, [1, 1]) as [number, number],
      paddingOf(named["padding"]),
      perAxis(named["dilations"], 2, [1, 1]) as [number, number],
    );
    return sign === 1 ? slid : tf.neg(slid);
  });

const same: OperationRow = operation(
  "x|input|inputs|images|image|value|a",
  ({ x }) => shapeOnly([tensorOf(x)], tensorOf(x).shape),
  likeInput,
);

/** TensorFlow's functions of networks, where Keras has none of the same arguments. */
export const TENSORFLOW_NETWORKS: { [name: string]: OperationRow } = {
  ...pooledAlong("max_pool", WINDOWS["max_pool"]),
  ...pooledAlong("avg_pool", WINDOWS["average_pool"]),
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
  embedding_lookup: operation("params ids", ({ params, ids }) => tf.gather(tensorsOf(params)[0] as tf.Tensor, wholeOf(ids))),
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
  dilation2d: morphological(1),
  softmax_cross_entropy_with_logits_v2: withArguments(LOSSES["categorical_crossentropy"], { from_logits: true }),
  sigmoid_cross_entropy_with_logits: withArguments(LOSSES["binary_crossentropy"], { from_logits: true }),
  sparse_softmax_cross_entropy_with_logits: withArguments(LOSSES["sparse_categorical_crossentropy"], { from_logits: true }),
  batch_flatten: operation(
    "x",
    ({ x }) => tf.reshape(tensorOf(x), [tensorOf(x).shape[0] as number, -1]),
    () => [null, null],
  ),
  in_top_k: operation("predictions targets k", ({ predictions, targets, k }) => {
    const { indices } = tf.topk(tensorOf(predictions), integerArgument(k, 1));
    return tf.any(tf.equal(indices, tf.expandDims(wholeOf(targets), -1)), -1);
  }),
  erosion2d: morphological(-1),
  max_pool_with_argmax: operation("input ksize strides padding", (named) => {
    const found = tf.maxPoolWithArgmax(
      tensorOf(named["input"]) as tf.Tensor4D,
      perAxis(named["ksize"], 2, [1, 1]) as [number, number],
      perAxis(named["strides"], 2, [1, 1]) as [number, number],
      paddingOf(named["padding"]),
    );
    return [found["result"] as tf.Tensor, found["indexes"] as tf.Tensor];
  }),
  weighted_moments: operation("x axes frequency_weights name keepdims|keep_dims", (named) => {
    const x = tensorOf(named["x"]);
    const weighted = tf.mul(x, tensorOf(named["frequency_weights"]));
    const mean = tf.mean(weighted, axesOf({ axis: named["axes"] ?? null }, x.rank), named["keepdims"] === true);
    return [mean, mean].map((one) => shapeOnly([one], one.shape));
  }),
  isotonic_regression: operation("inputs", ({ inputs }) => {
    const x = tensorOf(inputs);
    return [shapeOnly([x], x.shape), shapeOnly([x], x.shape, "int32")];
  }),
  ctc_loss: operation("labels logits label_length logit_length logits_time_major", (named) => {
    const logits = tensorOf(named["logits"]);
    const batch = logits.shape[named["logits_time_major"] === false ? 0 : 1] as number;
    return shapeOnly([logits], [batch]);
  }),
  weighted_cross_entropy_with_logits: operation("labels logits pos_weight", ({ labels, logits }) => {
    const both = tf.add(tensorOf(labels), tensorOf(logits));
    return shapeOnly([both], both.shape);
  }),
  log_poisson_loss: operation("targets log_input", ({ targets, log_input: input }) => {
    const both = tf.add(tensorOf(targets), tensorOf(input));
    return shapeOnly([both], both.shape);
  }),
  "quantization.fake_quant_with_min_max_args": same,
  "quantization.fake_quant_with_min_max_vars": same,
  "quantization.quantize_and_dequantize": same,
  "quantization.quantize_and_dequantize_v2": same,
};
