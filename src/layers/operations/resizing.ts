import * as tf from "@tensorflow/tfjs-core";
import { hasNumbers } from "../masks";
import type { Named } from "../operation";
import { shapeOnly } from "../shape-only";
import { part } from "./axes";
import { type Mixing, mixingOf } from "./interpolation";
import { sizesOf } from "./values";

type Size = [height: number, width: number];

/** Images in another size, by the arguments of Keras's and of TensorFlow's `image.resize`. */
export function resized(x: tf.Tensor4D, named: Named): tf.Tensor {
  const [height = 1, width = height] = sizesOf(named["size"]);
  const size: Size = named["preserve_aspect_ratio"] === true ? within(x, [height, width]) : [height, width];
  const method = String(named["interpolation"] ?? named["method"] ?? "bilinear").toLowerCase();
  return interpolated(inAspect(x, size, named), size, method, named["antialias"] === true);
}

function inAspect(x: tf.Tensor4D, size: Size, named: Named): tf.Tensor4D {
  if (named["crop_to_aspect_ratio"] === true) return croppedTo(x, size);
  return named["pad_to_aspect_ratio"] === true ? paddedTo(x, size, Number(named["fill_value"] ?? 0)) : x;
}

/** Images of another size. What tfjs has no kernel for is a product on engines with numbers; its shape is any other method's. */
export function interpolated(x: tf.Tensor4D, size: Size, method: string, isSmoothed = false): tf.Tensor {
  if (method.startsWith("nearest")) return tf.image.resizeNearestNeighbor(x, size, false, true);
  const mixing = mixingOf(method, isSmoothed);
  if (mixing && hasNumbers()) return mixed(tf.cast(x, "float32"), size, mixing);
  const straight = tf.image.resizeBilinear(x, size, false, true);
  return method === "bilinear" && !isSmoothed ? straight : shapeOnly([straight], straight.shape);
}

/** Columns first, then rows. */
function mixed(x: tf.Tensor4D, [height, width]: Size, mixing: Mixing): tf.Tensor {
  const [batch, oldHeight, oldWidth, channels] = x.shape;
  const matrix = (from: number, to: number): tf.Tensor =>
    tf.tensor(Float32Array.from(mixing(from, to).flatMap((row) => [...row])), [to, from]);
  const columns = tf.matMul(matrix(oldHeight, height), tf.reshape(x, [batch, oldHeight, oldWidth * channels]));
  const rows = tf.matMul(matrix(oldWidth, width), tf.reshape(columns, [batch * height, oldWidth, channels]));
  return tf.reshape(rows, [batch, height, width, channels]);
}

/** The largest size of the same aspect that is at most `size` on both sides. */
export function within(x: tf.Tensor4D, [height, width]: Size, round = Math.round): Size {
  const [, oldHeight, oldWidth] = x.shape;
  const scale = Math.min(height / oldHeight, width / oldWidth);
  return [round(oldHeight * scale), round(oldWidth * scale)];
}

/** The middle of each image, of the aspect of `size`. */
function croppedTo(x: tf.Tensor4D, [height, width]: Size): tf.Tensor4D {
  const [, oldHeight, oldWidth] = x.shape;
  const rows = Math.max(Math.min(oldHeight, Math.floor((oldWidth * height) / width)), 1);
  const columns = Math.max(Math.min(oldWidth, Math.floor((oldHeight * width) / height)), 1);
  const inside = part(x, 1, Math.floor((oldHeight - rows) / 2), rows);
  return part(inside, 2, Math.floor((oldWidth - columns) / 2), columns) as tf.Tensor4D;
}

/** The same rim on both sides, to about the aspect of `size`. */
function paddedTo(x: tf.Tensor4D, [height, width]: Size, value: number): tf.Tensor4D {
  const [, oldHeight, oldWidth] = x.shape;
  const rim = (whole: number, size: number): [number, number] => {
    const half = Math.floor((Math.max(whole, size) - size) / 2);
    return [half, half];
  };
  const rows = rim(Math.floor((oldWidth * height) / width), oldHeight);
  const columns = rim(Math.floor((oldHeight * width) / height), oldWidth);
  return tf.pad(x, [[0, 0], rows, columns, [0, 0]], value);
}
