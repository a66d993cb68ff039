import * as tf from "@tensorflow/tfjs-core";
import { UnknownNumbers } from "../../engines";
import { formatShape } from "../../model";
import { broadcastShapes } from "../broadcast-shapes";
import { type OperationRow, operation } from "../operation";
import { Unknown } from "../row";
import { shapeOnly } from "../shape-only";
import { broadcastTo } from "../stretching";
import { declareJoined, SHAPING } from "./shaping";
import { declaredShapeOf, declaredSizes, integerArgument, isNone, sizesOf, tensorOf, tensorsOf } from "./values";

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

const likeInput: OperationRow["declare"] = ({ x }) => declaredShapeOf(x);

/** TensorFlow's functions that Keras does not have, or has with other arguments: by their names, with the module where that tells them apart. */
export const TENSORFLOW_REST: { [name: string]: OperationRow } = {
  concat: { ...(SHAPING["concatenate"] as OperationRow), declare: (named) => declareJoined(named, true) },
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
  clip_by_global_norm: operation("t_list clip_norm", ({ t_list: list, clip_norm: most }) => {
    const tensors = tensorsOf(list);
    const length = tf.sqrt(tensors.map((x) => tf.sum(tf.square(x))).reduce((sum, one) => tf.add(sum, one)));
    const factor = tf.div(tensorOf(most), tf.maximum(length, tensorOf(most)));
    return [...tensors.map((x) => tf.mul(x, factor)), length];
  }),
  complex: operation("real imag", ({ real, imag }) => tf.complex(tensorOf(real), tensorOf(imag))),
  fill: operation(
    "dims value",
    ({ dims, value }) => broadcastTo(tensorOf(value), sizesOf(dims)),
    ({ dims }) => declaredSizes(dims),
  ),
  meshgrid: operation("*args", () => {
    throw new Unknown("the file holds the first of its arguments alone");
  }),
  ensure_shape: ensureShape,
  "random.normal": random((shape) => tf.randomNormal(shape)),
  "random.uniform": random((shape) => tf.randomUniform(shape)),
  "random.truncated_normal": random((shape) => tf.truncatedNormal(shape)),
  "random.stateless_normal": random((shape) => tf.randomNormal(shape)),
  "random.stateless_uniform": random((shape) => tf.randomUniform(shape)),
  lbeta: operation("x", ({ x }) => {
    const sum = tf.sum(tensorOf(x), -1);
    return unnumbered(sum);
  }),
  betainc: operation("a b x", ({ a, b, x }) => unnumbered(tf.add(tf.add(tensorOf(a), tensorOf(b)), tensorOf(x)))),
  polygamma: operation("a x", ({ a, x }) => unnumbered(tf.add(tensorOf(a), tensorOf(x)))),
  approx_top_k: operation("operand k reduction_dimension", ({ operand, k }) => {
    const { values, indices } = tf.topk(tensorOf(operand), integerArgument(k, 1));
    return [unnumbered(values), unnumbered(indices)];
  }),
  broadcast_dynamic_shape: operation("shape_x shape_y", ({ shape_x: x, shape_y: y }) =>
    tf.tensor1d(broadcastShapes(sizesOf(x), sizesOf(y)) as number[], "int32"),
  ),
  histogram_fixed_width_bins: operation("values value_range nbins", ({ values }) => unnumbered(tensorOf(values))),
  "random.shuffle": operation("value", ({ value }) => unnumbered(tensorOf(value))),
  "random.categorical": operation("logits num_samples", ({ logits, num_samples: count }) =>
    shapeOnly([tensorOf(logits)], [tensorOf(logits).shape[0] as number, integerArgument(count, 1)], "int32"),
  ),
  "random.gamma": operation("shape alpha", ({ shape, alpha }) =>
    shapeOnly([tensorOf(alpha)], [...sizesOf(shape), ...tensorOf(alpha).shape]),
  ),
  "random.poisson": operation("shape lam", ({ shape, lam }) => shapeOnly([tensorOf(lam)], [...sizesOf(shape), ...tensorOf(lam).shape])),
};

function unnumbered(x: tf.Tensor): tf.Tensor {
  return shapeOnly([x], x.shape, x.dtype);
}
