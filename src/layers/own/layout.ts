import * as tf from "@tensorflow/tfjs-core";
import type { Shape } from "../../model";

/** Moves the channels of a tensor last, as tfjs's kernels want them, and back. */
export function channelsLast(x: tf.Tensor): tf.Tensor {
  const spatial = Array.from({ length: x.rank - 2 }, (_, axis) => axis + 2);
  return tf.transpose(x, [0, ...spatial, 1]);
}

export function channelsFirst(x: tf.Tensor): tf.Tensor {
  const spatial = Array.from({ length: x.rank - 2 }, (_, axis) => axis + 1);
  return tf.transpose(x, [0, x.rank - 1, ...spatial]);
}

/** Runs `work` on a tensor with its channels last, whatever the config says. */
export function withChannelsLast(isFirst: boolean, x: tf.Tensor, work: (x: tf.Tensor) => tf.Tensor): tf.Tensor {
  return isFirst ? channelsFirst(work(channelsLast(x))) : work(x);
}

/** Index of the channel axis. */
export function channelAxis(isFirst: boolean, rank: number): number {
  return isFirst ? 1 : rank - 1;
}

/** A shape with its spatial sizes mapped and its channels set (`null` keeps them). */
export function mapSpatial(
  shape: Shape,
  isFirst: boolean,
  map: (size: number | null, index: number) => number | null,
  channels?: number | null,
): Shape {
  const rank = shape.length;
  const spatial = (isFirst ? shape.slice(2) : shape.slice(1, rank - 1)).map(map);
  const last = channels === undefined ? (shape[channelAxis(isFirst, rank)] ?? null) : channels;
  const batch = shape[0] ?? null;
  return isFirst ? [batch, last, ...spatial] : [batch, ...spatial, last];
}
