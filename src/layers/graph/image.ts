import type { Node } from "@tensorflow/tfjs-converter/dist/operations/types";
import * as tf from "@tensorflow/tfjs-core";
import { formatShape } from "../../model";
import { paddingOf, windowsOf } from "../operations/patches";
import { interpolated } from "../operations/resizing";
import { shapeOnly } from "../shape-only";
import { booleanAttribute, numberAttribute, numbersAttribute, textAttribute } from "./attributes";
import type { OwnOperations } from "./own";

/** Bicubic as TensorFlow 2 does it; that of TensorFlow 1, with another curve, has a shape only. */
function bicubic([x, size]: tf.Tensor[], node: Node): tf.Tensor {
  const [height = 1, width = 1] = Array.from((size as tf.Tensor).dataSync());
  const resized = interpolated(x as tf.Tensor4D, [height, width], "bicubic");
  return booleanAttribute(node, "half_pixel_centers", false) ? resized : shapeOnly([resized], resized.shape);
}

/** All windows, the numbers of each as channels. */
function patches([x]: tf.Tensor[], node: Node): tf.Tensor {
  const inner = (name: string): number[] => numbersAttribute(node, name).slice(1, -1);
  const padding = paddingOf(textAttribute(node, "padding", "VALID"));
  const all = windowsOf(x as tf.Tensor, { sizes: inner("ksizes"), strides: inner("strides"), dilations: inner("rates"), padding });
  return tf.reshape(all, [...all.shape.slice(0, 3), -1]);
}

/** Blocks of pixels become channels. @throws Error where the blocks do not fill the image */
function spaceToDepth([x]: tf.Tensor[], node: Node): tf.Tensor {
  const block = numberAttribute(node, "block_size", 2);
  const [batch, height, width, channels] = (x as tf.Tensor4D).shape;
  if (height % block !== 0 || width % block !== 0)
    throw new Error(`its blocks of ${block} do not divide ${formatShape((x as tf.Tensor).shape)}`);
  const cut = tf.reshape(x as tf.Tensor, [batch, height / block, block, width / block, block, channels]);
  return tf.reshape(tf.transpose(cut, [0, 1, 3, 2, 4, 5]), [batch, height / block, width / block, block * block * channels]);
}

/** Windows whose places are drawn: what comes out is as large as the ratios say. */
function fractional([x]: tf.Tensor[], node: Node): tf.Tensor[] {
  const ratios = numbersAttribute(node, "pooling_ratio");
  const shape = (x as tf.Tensor).shape.map((size, axis) => Math.floor(size / (ratios[axis] ?? 1)));
  const [, rows = 0, columns = 0] = shape;
  const from = [x as tf.Tensor];
  return [shapeOnly(from, shape), shapeOnly(from, [rows + 1], "int32"), shapeOnly(from, [columns + 1], "int32")];
}

export const IMAGE_OPERATIONS: OwnOperations = {
  ResizeBicubic: bicubic,
  ExtractImagePatches: patches,
  SpaceToDepth: spaceToDepth,
  FractionalMaxPool: fractional,
  FractionalAvgPool: fractional,
};
