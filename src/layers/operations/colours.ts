import * as tf from "@tensorflow/tfjs-core";
import { hasNumbers } from "../masks";
import type { Named } from "../operation";
import { shapeOnly } from "../shape-only";

/** Images of three channels, the last axis, in other colours. */
type Mix = (x: tf.Tensor, named: Named) => tf.Tensor;

const split = (x: tf.Tensor): [tf.Tensor, tf.Tensor, tf.Tensor] => tf.split(x, 3, -1) as [tf.Tensor, tf.Tensor, tf.Tensor];

/** @see TensorFlow's kernel RGBToHSV */
const toHsv: Mix = (x) => {
  const [red, green, blue] = split(x);
  const value = tf.maximum(tf.maximum(red, green), blue);
  const range = tf.sub(value, tf.minimum(tf.minimum(red, green), blue));
  const isGray = tf.equal(range, 0);
  const step = tf.div(1 / 6, tf.where(isGray, tf.onesLike(range), range));
  const turned = (a: tf.Tensor, b: tf.Tensor, sixths: number): tf.Tensor => tf.add(tf.mul(step, tf.sub(a, b)), sixths / 6);
  const hue = tf.where(
    tf.equal(red, value),
    turned(green, blue, 0),
    tf.where(tf.equal(green, value), turned(blue, red, 2), turned(red, green, 4)),
  );
  const shown = tf.where(isGray, tf.zerosLike(hue), tf.where(tf.less(hue, 0), tf.add(hue, 1), hue));
  const isDark = tf.lessEqual(value, 0);
  const saturation = tf.where(isDark, tf.zerosLike(range), tf.div(range, tf.where(isDark, tf.onesLike(value), value)));
  return tf.concat([shown, saturation, value], -1);
};

/** @see TensorFlow's kernel HSVToRGB */
const toRgb: Mix = (x) => {
  const [hue, saturation, value] = split(x);
  const sixths = tf.mul(hue, 6);
  const distance = (from: number): tf.Tensor => tf.abs(tf.sub(sixths, from));
  const shares = [tf.sub(distance(3), 1), tf.sub(2, distance(2)), tf.sub(2, distance(4))];
  const pale = tf.sub(1, saturation);
  return tf.concat(
    shares.map((share) => tf.mul(tf.add(pale, tf.mul(saturation, tf.clipByValue(share, 0, 1))), value)),
    -1,
  );
};

const inHsv =
  (change: (parts: [tf.Tensor, tf.Tensor, tf.Tensor], named: Named) => tf.Tensor[]): Mix =>
  (x, named) =>
    toRgb(tf.concat(change(split(toHsv(x, named)), named), -1), named);

const byMatrix =
  (rows: number[][]): Mix =>
  (x) =>
    tf.reshape(tf.matMul(tf.reshape(x, [-1, 3]), tf.tensor2d(rows)), x.shape);

/** By TensorFlow's names; the matrices are its own. */
const MIXES = {
  rgb_to_hsv: toHsv,
  hsv_to_rgb: toRgb,
  adjust_hue: inHsv(([hue, saturation, value], { delta }) => [tf.mod(tf.add(hue, Number(delta)), 1), saturation, value]),
  adjust_saturation: inHsv(([hue, saturation, value], { saturation_factor: factor }) => [
    hue,
    tf.clipByValue(tf.mul(saturation, Number(factor)), 0, 1),
    value,
  ]),
  rgb_to_yuv: byMatrix([
    [0.299, -0.14714119, 0.61497538],
    [0.587, -0.28886916, -0.51496512],
    [0.114, 0.43601035, -0.10001026],
  ]),
  yuv_to_rgb: byMatrix([
    [1, 1, 1],
    [0, -0.394642334, 2.03206185],
    [1.13988303, -0.58062185, 0],
  ]),
  rgb_to_yiq: byMatrix([
    [0.299, 0.59590059, 0.2115],
    [0.587, -0.27455667, -0.52273617],
    [0.114, -0.32134392, 0.31119955],
  ]),
  yiq_to_rgb: byMatrix([
    [1, 1, 1],
    [0.95598634, -0.27201283, -1.10674021],
    [0.6208248, -0.64720424, 1.70423049],
  ]),
} satisfies { [name: string]: Mix };

/** Images of three channels in other colours. */
export function inOtherColours(name: keyof typeof MIXES, x: tf.Tensor, named: Named): tf.Tensor {
  return hasNumbers() ? MIXES[name](tf.cast(x, "float32"), named) : shapeOnly([x], x.shape);
}
