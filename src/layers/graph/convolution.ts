import * as tf from "@tensorflow/tfjs-core";
import { textAttribute } from "./attributes";
import type { OwnOperation, OwnOperations } from "./own";

/** As tfjs does it, which knows no groups: a filter that reads fewer channels than there are is one of several that share them. */
const grouped: OwnOperation = ([x, filter, ...others], node, _, plainly) => {
  const axis = textAttribute(node, "data_format", "NHWC") === "NCHW" ? 1 : (x as tf.Tensor).rank - 1;
  const channels = x?.shape[axis] ?? 0;
  const read = filter?.shape.at(-2) ?? channels;
  const groups = channels / read;
  if (groups <= 1 || !Number.isInteger(groups) || (filter?.shape.at(-1) ?? 0) % groups !== 0)
    return plainly([x as tf.Tensor, filter as tf.Tensor, ...others]);
  const filters = tf.split(filter as tf.Tensor, groups, -1);
  const parts = tf.split(x as tf.Tensor, groups, axis).flatMap((part, group) => plainly([part, filters[group] as tf.Tensor]));
  return tf.concat(parts, axis);
};

export const CONVOLUTION: OwnOperations = { Conv2D: grouped };
