import type { OperationRow } from "../operation";
import { TENSORFLOW_ALGEBRA } from "./tensorflow-algebra";
import { TENSORFLOW_IMAGE } from "./tensorflow-image";
import { TENSORFLOW_NETWORKS } from "./tensorflow-networks";
import { TENSORFLOW_PICKING } from "./tensorflow-picking";
import { TENSORFLOW_REST } from "./tensorflow-rest";
import { TENSORFLOW_SIGNAL } from "./tensorflow-signal";
import { TENSORFLOW_TEXT } from "./tensorflow-text";

/** Rows of a module, by their names with it. */
const inModule = (module: string, rows: { [name: string]: OperationRow }): { [name: string]: OperationRow } =>
  Object.fromEntries(Object.entries(rows).map(([name, row]) => [`${module}.${name}`, row]));

/** TensorFlow's functions where they part from Keras's of the same name, or have none: by name, with the module where that tells them apart. */
export const TENSORFLOW: { readonly [name: string]: OperationRow } = {
  ...TENSORFLOW_REST,
  ...TENSORFLOW_NETWORKS,
  ...TENSORFLOW_PICKING,
  ...inModule("image", TENSORFLOW_IMAGE),
  ...inModule("signal", TENSORFLOW_SIGNAL),
  ...inModule("linalg", TENSORFLOW_ALGEBRA),
  ...inModule("strings", TENSORFLOW_TEXT),
};

/** TensorFlow's names of functions that Keras has under another. */
export const TENSORFLOW_ALIASES: { readonly [name: string]: string } = {
  accumulate_n: "add_n",
  avg_pool: "average_pool",
  avg_pool1d: "average_pool",
  avg_pool2d: "average_pool",
  avg_pool3d: "average_pool",
  bitcast: "view",
  conv1d: "conv",
  conv1d_transpose: "conv_transpose",
  conv2d: "conv",
  conv2d_transpose: "conv_transpose",
  conv3d: "conv",
  conv3d_transpose: "conv_transpose",
  convolution: "conv",
  depthwise_conv2d: "depthwise_conv",
  eigvalsh: "eigvals",
  expm: "matrix_exp",
  invert: "bitwise_invert",
  local_response_normalization: "lrn",
  max_pool1d: "max_pool",
  max_pool2d: "max_pool",
  max_pool3d: "max_pool",
  norm: "tensor_norm",
  range: "arange",
  reduce_euclidean_norm: "euclidean_norm",
  separable_conv2d: "separable_conv",
  stateless_random_flip_left_right: "copy",
  stateless_random_flip_up_down: "copy",
  tensor_scatter_nd_update: "scatter_update",
  tensor_scatter_nd_add: "scatter_add",
  tensor_scatter_nd_sub: "scatter_subtract",
  tensor_scatter_nd_max: "scatter_other",
  tensor_scatter_nd_min: "scatter_other",
  triangular_solve: "solve_triangular",
  unsorted_segment_sum: "segment_sum",
  unsorted_segment_max: "segment_max",
  unsorted_segment_min: "segment_min",
  unsorted_segment_prod: "segment_prod",
  unsorted_segment_mean: "segment_mean",
};

/** Modules of TensorFlow whose functions do what Keras's of the same name do. */
export const LIKE_KERAS: ReadonlySet<string> = new Set([
  "",
  "bitwise",
  "debugging",
  "dtypes",
  "image",
  "keras.activations",
  "keras.backend",
  "linalg",
  "math",
  "math.special",
  "nn",
]);
