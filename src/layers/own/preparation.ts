import * as tf from "@tensorflow/tfjs-core";
import type { JsonObject, Shape } from "../../model";
import { integer, isChannelsFirst, text } from "../config";
import { type Definition, define } from "../define";
import type { LayerTable } from "../row";
import { withChannelsLast } from "./layout";

interface SizingOptions {
  size: [number, number];
  isFirst: boolean;
  isNearest: boolean;
}

const sizing = (config: JsonObject): SizingOptions => ({
  size: [integer(config, "height"), integer(config, "width")],
  isFirst: isChannelsFirst(config),
  isNearest: text(config, "interpolation", "bilinear") === "nearest",
});

/** Height and width are the last axes but the channels, with a batch in front or without. */
function declareSized({ size, isFirst }: SizingOptions, first: Shape): Shape {
  const height = first.length - (isFirst ? 2 : 3);
  return first.map((own, axis) => (axis === height ? size[0] : axis === height + 1 ? size[1] : own));
}

/** Runs `work` on images `[batch, height, width, channels]`. */
function onImages(options: SizingOptions, x: tf.Tensor, work: (images: tf.Tensor4D) => tf.Tensor): tf.Tensor {
  if (x.rank === 3) return tf.squeeze(onImages(options, tf.expandDims(x, 0), work), [0]);
  return withChannelsLast(options.isFirst, x, (last) => work(last as tf.Tensor4D));
}

/** Bicubic and Lanczos give the same shape; tfjs has neither, so their numbers are bilinear's. */
function resize({ size, isNearest }: SizingOptions, images: tf.Tensor4D): tf.Tensor {
  return isNearest ? tf.image.resizeNearestNeighbor(images, size, false, true) : tf.image.resizeBilinear(images, size, false, true);
}

const resizing: Definition<SizingOptions> = {
  options: sizing,
  declare: declareSized,
  run: (options, x) => onImages(options, x, (images) => resize(options, images)),
};

/** Cuts the middle out; what is smaller is resized. */
const cropping: Definition<SizingOptions> = {
  options: sizing,
  declare: declareSized,
  run: (options, x) =>
    onImages(options, x, (images) => {
      const [height, width] = options.size;
      const [batch, high, wide, channels] = images.shape;
      if (high < height || wide < width) return resize(options, images);
      return tf.slice(images, [0, (high - height) >> 1, (wide - width) >> 1, 0], [batch, height, width, channels]);
    }),
};

interface EncodingOptions {
  count: number;
  mode: string;
}

/** Categories as counts or ones along a last axis. */
const encoding: Definition<EncodingOptions> = {
  options: (config) => ({ count: integer(config, "num_tokens"), mode: text(config, "output_mode", "multi_hot") }),
  declare: ({ count, mode }, first) => {
    const keeps = mode === "one_hot" && (first.at(-1) !== 1 || first.length === 1);
    return first.length === 0 ? [count] : [...(keeps ? first : first.slice(0, -1)), count];
  },
  run: ({ count, mode }, x) => {
    const ones = tf.oneHot(tf.cast(x, "int32"), count);
    if (mode === "one_hot") return x.rank > 1 && x.shape.at(-1) === 1 ? tf.squeeze(ones, [x.rank - 1]) : ones;
    return mode === "count" ? tf.sum(ones, -2) : tf.max(ones, -2);
  },
};

/** Numbers to the index of the range that they lie in. */
const discretization: Definition<{ edges: number[] }> = {
  options: (config) => {
    const edges = config["bin_boundaries"];
    if (text(config, "output_mode", "int") !== "int") throw new Error("its output_mode is not known");
    return { edges: Array.isArray(edges) ? edges.filter((edge) => typeof edge === "number") : [] };
  },
  run: ({ edges }, x) =>
    edges.reduce<tf.Tensor>((index, edge) => tf.add(index, tf.cast(tf.greaterEqual(x, edge), "int32")), tf.zerosLike(tf.cast(x, "int32"))),
};

export const PREPARATIONS: LayerTable = {
  Resizing: define(resizing),
  CenterCrop: define(cropping),
  // Outside training it cuts the middle, too.
  RandomCrop: define(cropping),
  CategoryEncoding: define(encoding),
  Discretization: define(discretization),
};
