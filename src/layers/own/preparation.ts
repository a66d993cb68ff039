import * as tf from "@tensorflow/tfjs-core";
import type { JsonObject, Shape } from "../../model";
import { boolean, integer, isChannelsFirst, text } from "../config";
import { resized } from "../operations/resizing";
import type { LayerTable, Making } from "../row";
import { withChannelsLast } from "./layout";
import { type PictureWork, pictures } from "./pictures";

interface SizingOptions {
  size: [number, number];
  isFirst: boolean;
  interpolation: string;
  /** Smoothed before it is made smaller. */
  isSmoothed: boolean;
  /** What is done first so that nothing is distorted. */
  aspect: "crop" | "pad" | null;
  /** What is added around images that are padded. */
  fill: number;
  kerasMajor: 2 | 3;
}

const sizing = (config: JsonObject, { kerasMajor }: Making): SizingOptions => ({
  size: [integer(config, "height"), integer(config, "width")],
  isFirst: isChannelsFirst(config),
  interpolation: text(config, "interpolation", "bilinear"),
  isSmoothed: config["antialias"] === true,
  aspect: boolean(config, "crop_to_aspect_ratio", false) ? "crop" : boolean(config, "pad_to_aspect_ratio", false) ? "pad" : null,
  fill: typeof config["fill_value"] === "number" ? config["fill_value"] : 0,
  kerasMajor,
});

/** Ways of TensorFlow's that Keras 3 lets into a model but then cannot run. */
const LEFT_BEHIND = new Set(["gaussian", "mitchellcubic"]);

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

function resize({ size, interpolation, isSmoothed, aspect, fill, kerasMajor }: SizingOptions, images: tf.Tensor4D): tf.Tensor {
  if (kerasMajor === 3 && LEFT_BEHIND.has(interpolation)) throw new Error(`its interpolation ${interpolation} is not one of Keras 3's`);
  return resized(images, {
    size,
    interpolation,
    antialias: isSmoothed,
    crop_to_aspect_ratio: aspect === "crop",
    pad_to_aspect_ratio: aspect === "pad",
    fill_value: fill,
  });
}

const resizing: PictureWork<SizingOptions> = {
  options: sizing,
  declareImages: declareSized,
  images: (options, x) => onImages(options, x, (images) => resize(options, images)),
};

/** Cuts the middle out; what is smaller is resized. */
const cropping: PictureWork<SizingOptions> = {
  options: sizing,
  declareImages: declareSized,
  images: (options, x) =>
    onImages(options, x, (images) => {
      const [height, width] = options.size;
      const [batch, high, wide, channels] = images.shape;
      // Keras cuts such images to the ratio first.
      if (high < height || wide < width) return resize({ ...options, aspect: "crop" }, images);
      return tf.slice(images, [0, (high - height) >> 1, (wide - width) >> 1, 0], [batch, height, width, channels]);
    }),
};

/** Outside training, tf_keras cuts the middle here too; Keras 3 leaves images as they are, whatever it declares. */
const idleCropping: PictureWork<SizingOptions> = { ...cropping, images: (_, x) => x };

/** Boxes `[batch, number, 4]` and labels `[batch, number]`, as many as asked for: the first ones, or filled up. */
const fixedBoxes: PictureWork<{ count: number; fill: number }> = {
  options: (config) => ({ count: integer(config, "max_number"), fill: integer(config, "fill_value", -1) }),
  images: (_, x) => x,
  declareBoxes: ({ count }, first) => first.map((size, axis) => (axis === 1 ? count : size)),
  boxes: ({ count, fill }, x) => {
    const kept = Math.min(x.shape[1] as number, count);
    const first = tf.slice(x, [0, 0], [x.shape[0] as number, kept]);
    return tf.pad(
      first,
      x.shape.map((_, axis): [number, number] => [0, axis === 1 ? count - kept : 0]),
      fill,
    );
  },
};

export const PREPARATIONS: LayerTable = {
  Resizing: pictures(resizing),
  CenterCrop: pictures(cropping),
  RandomCrop: (config, making) => (making.kerasMajor === 3 ? pictures(idleCropping) : pictures(cropping))(config, making),
  MaxNumBoundingBoxes: pictures(fixedBoxes),
};
