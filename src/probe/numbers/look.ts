import type * as tf from "@tensorflow/tfjs-core";
import { lookAt } from "../../engines";
import { type Draw, type PictureOptions, picturesOf } from "./pictures";
import { type Stats, statsOfLook } from "./stats";

/** Statistics of a tensor of numbers, and pictures to be drawn if they are wanted. Leaves no tensor behind, and keeps none. */
export function lookedAt(tensor: tf.Tensor, options: PictureOptions, withPictures: boolean): { stats: Stats; draw: Draw | null } {
  const look = lookAt(tensor);
  const { stats, means } = statsOfLook(look, options.channelsFirst && tensor.rank > 2 ? 1 : tensor.rank - 1);
  return { stats, draw: withPictures ? picturesOf({ tensor, look, means }, options) : null };
}
