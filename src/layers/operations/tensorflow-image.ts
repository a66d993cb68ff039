import * as tf from "@tensorflow/tfjs-core";
import { formatShape, type Shape } from "../../model";
import { type Named, type OperationRow, operation } from "../operation";
import { shapeOnly } from "../shape-only";
import { part } from "./axes";
import { inOtherColours } from "./colours";
import { grayscale, IMAGES, imageRow, requireChannels } from "./image";
import { resized, within } from "./resizing";
import { declaredShapeOf, declaredSizes, dtypeArgument, integerArgument, numberArgument, sizesOf, tensorOf } from "./values";

const likeInput: OperationRow["declare"] = ({ images }) => declaredShapeOf(images);

const same = (work: (x: tf.Tensor4D, named: Named) => tf.Tensor, parameters = "delta"): OperationRow =>
  imageRow(parameters, work, likeInput);

/** Colours, of which there must be three, mixed anew. */
const mixed = (name: Parameters<typeof inOtherColours>[0], parameters?: string): OperationRow =>
  same((x, named) => {
    requireChannels(x, 3);
    return inOtherColours(name, x, named);
  }, parameters);

function declaredHere(map: (shape: Shape, height: number, width: number) => void): OperationRow["declare"] {
  return (named) => {
    const shape = declaredShapeOf(named["images"]).slice();
    map(shape, shape.length - 3, shape.length - 2);
    return shape;
  };
}

const declareTarget = (named: { [parameter: string]: unknown }): Shape => {
  const shape = declaredShapeOf(named["images"] as never).slice();
  [shape[shape.length - 3], shape[shape.length - 2]] = [named["target_height"] as number, named["target_width"] as number];
  return shape;
};

/** Height and width change places; in the declared shape wherever there is an odd number of quarter turns. */
const turning = (work: (x: tf.Tensor4D, named: Named) => tf.Tensor): OperationRow =>
  imageRow(
    "k",
    work,
    declaredHere((shape, height, width) => {
      [shape[height], shape[width]] = [shape[width] as number | null, shape[height] as number | null];
    }),
  );

const swapped = (x: tf.Tensor): tf.Tensor => tf.transpose(x, [0, 2, 1, 3]);

/** Quarter turns against the clock. */
function turned(x: tf.Tensor4D, turns: number): tf.Tensor {
  const quarter = ((turns % 4) + 4) % 4;
  if (quarter === 0) return x;
  if (quarter === 2) return tf.reverse(x, [1, 2]);
  return quarter === 1 ? tf.reverse(swapped(x), 1) : swapped(tf.reverse(x, 1));
}

const box = (named: Named): [number, number, number, number] => [
  integerArgument(named["offset_height"], 0),
  integerArgument(named["offset_width"], 0),
  integerArgument(named["target_height"], 0),
  integerArgument(named["target_width"], 0),
];

const BOX = "offset_height offset_width target_height target_width";

function cropped(x: tf.Tensor4D, named: Named): tf.Tensor {
  const [top, left, height, width] = box(named);
  if (top + height > x.shape[1] || left + width > x.shape[2])
    throw new Error(`${height}×${width} from ${top}, ${left} does not lie in ${formatShape(x.shape.slice(1, 3))}`);
  return part(part(x, 1, top, height), 2, left, width);
}

function padded(x: tf.Tensor4D, named: Named): tf.Tensor {
  const [top, left, height, width] = box(named);
  const [bottom, right] = [height - top - x.shape[1], width - left - x.shape[2]];
  if (bottom < 0 || right < 0)
    throw new Error(`${formatShape(x.shape.slice(1, 3))} does not fit into ${height}×${width} at ${top}, ${left}`);
  return tf.pad(x, [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ]);
}

/** The middle: what is cut off on both sides is rounded down. */
const middle = imageRow("central_fraction", (x, named) => {
  const fraction = numberArgument(named["central_fraction"], 1);
  return [1, 2].reduce<tf.Tensor>((image, axis) => {
    const size = image.shape[axis] as number;
    const start = Math.floor((size - size * fraction) / 2);
    return part(image, axis, start, size - 2 * start);
  }, x);
});

/** Whole numbers stand for shares of the largest of their dtype, which tfjs does not know. */
function converted(x: tf.Tensor, dtype: tf.DataType): tf.Tensor {
  return x.dtype === "float32" && dtype === "float32" ? x : shapeOnly([x], x.shape, dtype);
}

/** In the middle of zeros, or cut to its middle, along each side by itself. */
function fitted(x: tf.Tensor, target: [number, number]): tf.Tensor {
  return target.reduce<tf.Tensor>((image, size, index) => {
    const whole = image.shape[index + 1] as number;
    if (whole >= size) return part(image, index + 1, Math.floor((whole - size) / 2), size);
    const before = Math.floor((size - whole) / 2);
    return tf.pad(
      image,
      image.shape.map((_, axis): [number, number] => (axis === index + 1 ? [before, size - whole - before] : [0, 0])),
    );
  }, x);
}

const targetOf = (named: Named): [number, number] => [
  integerArgument(named["target_height"], 1),
  integerArgument(named["target_width"], 1),
];

const standardized = (x: tf.Tensor4D): tf.Tensor => {
  const mean = tf.mean(x, [1, 2, 3], true);
  const centred = tf.sub(x, mean);
  const deviation = tf.sqrt(tf.mean(tf.square(centred), [1, 2, 3], true));
  const least = 1 / Math.sqrt(x.shape[1] * x.shape[2] * x.shape[3]);
  return tf.div(centred, tf.maximum(deviation, least));
};

/** One number a pair of images. */
const compared = (leastSide: number): OperationRow =>
  operation("img1|a|image1 img2|b|image2 max_val filter_size", (named) => {
    const both = tf.add(tensorOf(named["img1"]), tensorOf(named["img2"]));
    const [height = 0, width = 0] = both.shape.slice(-3, -1);
    const least = leastSide * integerArgument(named["filter_size"], 11);
    if (Math.min(height, width) < least && leastSide > 0) throw new Error(`a window of ${least} does not fit into ${height}×${width}`);
    return shapeOnly([both], both.shape.slice(0, -3));
  });

/** TensorFlow's functions of images, by the name behind `tf.image.`, where Keras has none of the same arguments. */
export const TENSORFLOW_IMAGE: { [name: string]: OperationRow } = {
  flip_left_right: operation(IMAGES, ({ images }) => tf.reverse(tensorOf(images), -2), likeInput),
  flip_up_down: operation(IMAGES, ({ images }) => tf.reverse(tensorOf(images), -3), likeInput),
  random_flip_left_right: operation(IMAGES, ({ images }) => tensorOf(images), likeInput),
  random_flip_up_down: operation(IMAGES, ({ images }) => tensorOf(images), likeInput),
  transpose: turning(swapped),
  rot90: imageRow(
    "k",
    (x, named) => turned(x, integerArgument(named["k"], 1)),
    declaredHere((shape, height, width) => {
      shape[height] = null;
      shape[width] = null;
    }),
  ),
  rgb_to_grayscale: operation(IMAGES, ({ images }) => grayscale(tensorOf(images))),
  grayscale_to_rgb: operation(
    IMAGES,
    ({ images }) => {
      const x = tensorOf(images);
      requireChannels(x, 1);
      return tf.tile(x, [...x.shape.slice(0, -1).map(() => 1), 3]);
    },
    ({ images }) => [...declaredShapeOf(images).slice(0, -1), 3],
  ),
  rgb_to_yuv: mixed("rgb_to_yuv"),
  yuv_to_rgb: mixed("yuv_to_rgb"),
  rgb_to_yiq: mixed("rgb_to_yiq"),
  yiq_to_rgb: mixed("yiq_to_rgb"),
  adjust_hue: mixed("adjust_hue"),
  adjust_saturation: mixed("adjust_saturation", "saturation_factor"),
  adjust_brightness: same((x, named) => tf.add(x, numberArgument(named["delta"], 0))),
  adjust_contrast: same((x, named) => {
    const mean = tf.mean(x, [1, 2], true);
    return tf.add(tf.mul(tf.sub(x, mean), numberArgument(named["contrast_factor"], 1)), mean);
  }, "contrast_factor"),
  adjust_gamma: same((x, named) => tf.mul(tf.pow(x, numberArgument(named["gamma"], 1)), numberArgument(named["gain"], 1)), "gamma gain"),
  per_image_standardization: same(standardized),
  central_crop: middle,
  crop_to_bounding_box: imageRow(BOX, cropped, declareTarget),
  pad_to_bounding_box: imageRow(BOX, padded, declareTarget),
  resize_with_crop_or_pad: imageRow("target_height target_width", (x, named) => fitted(x, targetOf(named)), declareTarget),
  resize_with_pad: imageRow(
    "target_height target_width method",
    (x, named) => fitted(resized(x, { size: within(x, targetOf(named), Math.floor), method: named["method"] ?? null }), targetOf(named)),
    declareTarget,
  ),
  convert_image_dtype: operation(
    `${IMAGES} dtype`,
    ({ images, dtype }) => converted(tensorOf(images), dtypeArgument(dtype, "float32")),
    likeInput,
  ),
  draw_bounding_boxes: same((x) => shapeOnly([x], x.shape)),
  extract_glimpse: operation(
    "images|input size offsets",
    ({ images, size, offsets }) => {
      const x = tensorOf(images);
      return shapeOnly([x, tensorOf(offsets)], [x.shape[0] as number, ...sizesOf(size), x.shape[3] as number]);
    },
    ({ images, size, offsets }) => {
      const [shape, places] = [declaredShapeOf(images), declaredShapeOf(offsets)];
      return [shape[0] ?? places[0] ?? null, ...declaredSizes(size), shape[3] ?? null];
    },
  ),
  random_crop: operation("images|value size", ({ images, size }) => {
    const [x, sizes] = [tensorOf(images), sizesOf(size)];
    const wrong = sizes.findIndex((one, axis) => one > (x.shape[axis] as number));
    if (wrong >= 0)
      throw new Error(`${sizes[wrong]} cannot be cut out of ${x.shape[wrong]} along axis ${wrong} of ${formatShape(x.shape)}`);
    return shapeOnly([x], sizes);
  }),
  ssim: compared(1),
  ssim_multiscale: compared(0),
  psnr: compared(0),
  crop_and_resize: operation("images|image boxes box_indices|box_ind crop_size", (named) =>
    tf.image.cropAndResize(
      tensorOf(named["images"]) as tf.Tensor4D,
      tensorOf(named["boxes"]) as tf.Tensor2D,
      tf.cast(tensorOf(named["box_indices"], "int32"), "int32") as tf.Tensor1D,
      sizesOf(named["crop_size"]) as [number, number],
    ),
  ),
};
