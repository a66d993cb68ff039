import * as tf from "@tensorflow/tfjs-core";
import type { Named } from "../operation";
import { shapeOnly } from "../shape-only";
import { part } from "./axes";
import { sizesOf } from "./values";

type Size = [height: number, width: number];

/** Images in another size, by the arguments of Keras's and of TensorFlow's `image.resize`. */
export function resized(x: tf.Tensor4D, named: Named): tf.Tensor {
  const [height = 1, width = height] = sizesOf(named["size"]);
  const size: Size = named["preserve_aspect_ratio"] === true ? within(x, [height, width]) : [height, width];
  const method = String(named["interpolation"] ?? named["method"] ?? "bilinear") + (named["antialias"] === true ? " smoothed" : "");
  if (named["crop_to_aspect_ratio"] === true) return interpolated(croppedTo(x, size), size, method);
  if (named["pad_to_aspect_ratio"] === true) return interpolated(paddedTo(x, size), size, method);
  return interpolated(x, size, method);
}

/** Images of another size. Other methods than these two have the same shapes, and numbers that tfjs cannot compute. */
export function interpolated(x: tf.Tensor4D, size: Size, method: string): tf.Tensor {
  if (method.startsWith("nearest")) return tf.image.resizeNearestNeighbor(x, size, false, true);
  const straight = tf.image.resizeBilinear(x, size, false, true);
  return method === "bilinear" ? straight : shapeOnly([straight], straight.shape);
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
function paddedTo(x: tf.Tensor4D, [height, width]: Size): tf.Tensor4D {
  const [, oldHeight, oldWidth] = x.shape;
  const rim = (whole: number, size: number): [number, number] => {
    const half = Math.floor((Math.max(whole, size) - size) / 2);
    return [half, half];
  };
  const rows = rim(Math.floor((oldWidth * height) / width), oldHeight);
  const columns = rim(Math.floor((oldHeight * width) / height), oldWidth);
  return tf.pad(x, [[0, 0], rows, columns, [0, 0]]);
}
