import * as tf from "@tensorflow/tfjs-core";
import { formatShape, type Shape } from "../../model";
import { type Named, type OperationRow, operation } from "../operation";
import { channelAxis, withChannelsLast } from "../own/layout";
import type { Bound, DeclaredArgument } from "../row";
import { shapeOnly } from "../shape-only";
import { part } from "./axes";
import { inOtherColours } from "./colours";
import { blurred, sobelEdges } from "./filters";
import { extractPatches } from "./patches";
import { resized } from "./resizing";
import { areChannelsFirst, declaredShapeOf, integerArgument, tensorOf } from "./values";

export const IMAGES = "images|image|x|input|inputs|value|contents";

type Work = (x: tf.Tensor4D) => tf.Tensor;

/** Runs `work` on a batch with its channels last, whether `x` is that, a single image, or has its channels first. */
export function onImages(x: tf.Tensor, format: unknown, work: Work): tf.Tensor {
  if (x.rank !== 3 && x.rank !== 4) throw new Error(`images have three axes or four, got ${formatShape(x.shape)}`);
  const batch = x.rank === 3 ? tf.expandDims(x, 0) : x;
  const result = withChannelsLast(areChannelsFirst(format), batch, (last) => work(last as tf.Tensor4D));
  return x.rank === 3 ? tf.squeeze(result, [0]) : result;
}

/** A row that works on images. `declare` tells the spatial sizes and the channels after it, where they change. */
export function imageRow(
  parameters: string,
  work: (x: tf.Tensor4D, named: Named) => tf.Tensor,
  declare?: OperationRow["declare"],
): OperationRow {
  return operation(
    `${IMAGES} ${parameters}`,
    (named) => onImages(tensorOf(named["images"]), named["data_format"], (x) => work(x, named)),
    declare,
  );
}

/** @throws Error where there are not as many channels as the colours need */
export function requireChannels(x: tf.Tensor, count: number): void {
  if (x.shape.at(-1) !== count) throw new Error(`expected ${count} channels, got ${x.shape.at(-1)} from ${formatShape(x.shape)}`);
}

const likeInput: OperationRow["declare"] = ({ images }) => declaredShapeOf(images);

/** How bright each colour looks. */
export function grayscale(x: tf.Tensor): tf.Tensor {
  requireChannels(x, 3);
  const rank = x.rank;
  return tf.reshape(tf.matMul(tf.reshape(x, [-1, 3]), tf.tensor2d([0.2989, 0.587, 0.114], [3, 1])), [...x.shape.slice(0, rank - 1), 1]);
}

const declareChannels =
  (channels: number): OperationRow["declare"] =>
  ({ images, data_format: format }) => {
    const shape = declaredShapeOf(images).slice();
    shape[areChannelsFirst(format) ? shape.length - 3 : shape.length - 1] = channels;
    return shape;
  };

const colours =
  (name: Parameters<typeof inOtherColours>[0]) =>
  (x: tf.Tensor, named: Named): tf.Tensor => {
    requireChannels(x, 3);
    return inOtherColours(name, x, named);
  };

/** Where height and width are. */
function spatialAxes(rank: number, isFirst: boolean): [number, number] {
  return isFirst ? [rank - 2, rank - 1] : [rank - 3, rank - 2];
}

interface Rims {
  before: Bound | DeclaredArgument | undefined;
  after: Bound | DeclaredArgument | undefined;
  target: Bound | DeclaredArgument | undefined;
}

type Arguments = { [parameter: string]: Bound | DeclaredArgument | undefined };

const rimsOf = (named: Arguments, kind: "cropping" | "padding"): [Rims, Rims] => [
  { before: named[`top_${kind}`], after: named[`bottom_${kind}`], target: named["target_height"] },
  { before: named[`left_${kind}`], after: named[`right_${kind}`], target: named["target_width"] },
];

const asNumber = (value: unknown): number | null => (typeof value === "number" ? value : null);

/** Two of the three are given, and the size: what is cut off (or added, `sign` 1) before, and what remains. @throws Error for a negative one */
function fit(size: number, { before, after, target }: Rims, sign: 1 | -1): { start: number; size: number; end: number } {
  const [first, last, whole] = [asNumber(before), asNumber(after), asNumber(target)];
  const result = whole ?? size + sign * ((first ?? 0) + (last ?? 0));
  const rims = sign * (result - size);
  const start = first ?? rims - (last ?? 0);
  const end = last ?? rims - start;
  if (start < 0 || end < 0 || result < 0) throw new Error(`${size} cannot become ${result} with ${start} before it`);
  return { start, size: result, end };
}

const declareRims =
  (kind: "cropping" | "padding", sign: 1 | -1): OperationRow["declare"] =>
  (named) => {
    const shape = declaredShapeOf(named["images"]).slice();
    spatialAxes(shape.length, areChannelsFirst(named["data_format"])).forEach((axis, index) => {
      const rims = rimsOf(named, kind)[index] as Rims;
      const size = shape[axis] ?? null;
      shape[axis] = size === null ? asNumber(rims.target) : fit(size, rims, sign).size;
    });
    return shape;
  };

const RIMS = (kind: string): string => `top_${kind} left_${kind} bottom_${kind} right_${kind} target_height target_width data_format`;

/** Cuts away what lies outside. */
export function cropped(x: tf.Tensor4D, rims: [Rims, Rims]): tf.Tensor {
  return rims.reduce<tf.Tensor>((image, rim, index) => {
    const { start, size } = fit(image.shape[index + 1] as number, rim, -1);
    return part(image, index + 1, start, size);
  }, x);
}

export function padded(x: tf.Tensor4D, rims: [Rims, Rims]): tf.Tensor {
  const pairs = rims.map((rim, index): [number, number] => {
    const { start, end } = fit(x.shape[index + 1] as number, rim, 1);
    return [start, end];
  });
  return tf.pad(x, [[0, 0], ...pairs, [0, 0]]);
}

/** A transform keeps the size; nobody's numbers are followed through it. */
const moved = (images: tf.Tensor, others: tf.Tensor[]): tf.Tensor => shapeOnly([images, ...others], images.shape);

const block = (named: Arguments): number => integerArgument(named["block_size"] as Bound, 2);

function spaceToDepth(x: tf.Tensor4D, by: number): tf.Tensor {
  const [batch, height, width, channels] = x.shape;
  if (height % by !== 0 || width % by !== 0) throw new Error(`blocks of ${by} do not divide ${height}×${width}`);
  const blocks = tf.reshape(x, [batch, height / by, by, width / by, by, channels]);
  return tf.reshape(tf.transpose(blocks, [0, 1, 3, 2, 4, 5]), [batch, height / by, width / by, channels * by * by]);
}

/** The stand-ins for open axes are primes, which no block divides. */
const declareBlocks =
  (map: (size: number, isChannels: boolean, by: number) => number): OperationRow["declare"] =>
  (named) => {
    const shape = declaredShapeOf(named["images"]);
    const channels = channelAxis(areChannelsFirst(named["data_format"]), shape.length);
    return shape.map((size, axis) => (axis === 0 || size === null ? size : map(size, axis === channels, block(named))));
  };

/** Windows of `size` over both images, and a number for each pair. */
function similarity(named: Named, isWindowed: boolean): tf.Tensor {
  const [a, b] = [tensorOf(named["images"]), tensorOf(named["other"])];
  const both = tf.add(a, b);
  const size = integerArgument(named["filter_size"], 11);
  const [height = 0, width = 0] = both.shape.slice(-3, -1);
  if (isWindowed && Math.min(height, width) < size) throw new Error(`a window of ${size} does not fit into ${height}×${width}`);
  return shapeOnly([both], both.shape.slice(0, -3));
}

const mapCoordinates = operation("inputs coordinates order", ({ inputs, coordinates }) => {
  const [x, places] = [tensorOf(inputs), tensorOf(coordinates)];
  if (places.shape[0] !== x.rank) throw new Error(`${places.shape[0]} coordinates a place were given for ${formatShape(x.shape)}`);
  return shapeOnly([x, places], places.shape.slice(1));
});

const scaleAndTranslate = operation("images output_shape scale translation", ({ images, output_shape: shape }) => {
  const x = tensorOf(images);
  return shapeOnly([x], tensorShape(shape));
});

const tensorShape = (value: Bound | undefined): number[] => (Array.isArray(value) ? (value as number[]) : []);

/** Functions of images by the names of Keras's `ops.image`; most of TensorFlow's are in tensorflow-image.ts. */
export const IMAGE: { [name: string]: OperationRow } = {
  rgb_to_grayscale: imageRow("data_format", (x) => (x.shape[3] === 1 ? x : grayscale(x)), declareChannels(1)),
  rgb_to_hsv: imageRow("data_format", colours("rgb_to_hsv"), likeInput),
  hsv_to_rgb: imageRow("data_format", colours("hsv_to_rgb"), likeInput),
  resize: imageRow(
    "size interpolation|method antialias crop_to_aspect_ratio pad_to_aspect_ratio preserve_aspect_ratio fill_value data_format",
    (x, named) => resized(x, named),
  ),
  crop_images: imageRow(RIMS("cropping"), (x, named) => cropped(x, rimsOf(named, "cropping")), declareRims("cropping", -1)),
  pad_images: imageRow(RIMS("padding"), (x, named) => padded(x, rimsOf(named, "padding")), declareRims("padding", 1)),
  extract_patches: extractPatches,
  gaussian_blur: imageRow("kernel_size sigma data_format", blurred, likeInput),
  elastic_transform: imageRow("alpha sigma data_format", (x) => moved(x, []), likeInput),
  affine_transform: operation(`${IMAGES} transform`, ({ images, transform }) => moved(tensorOf(images), [tensorOf(transform)]), likeInput),
  perspective_transform: operation(
    `${IMAGES} start_points end_points`,
    (named) => moved(tensorOf(named["images"]), [tensorOf(named["start_points"]), tensorOf(named["end_points"])]),
    likeInput,
  ),
  map_coordinates: mapCoordinates,
  scale_and_translate: scaleAndTranslate,
  sobel_edges: imageRow("data_format", sobelEdges, ({ images }) => [...declaredShapeOf(images), 2] as Shape),
  ssim: operation("images|image1|img1 other|image2|img2 max_val filter_size", (named) => similarity(named, true)),
  depth_to_space: imageRow(
    "block_size data_format",
    (x, named) => tf.depthToSpace(x, block(named), "NHWC"),
    declareBlocks((size, isChannels, by) => (isChannels ? size / (by * by) : size * by)),
  ),
  space_to_depth: imageRow(
    "block_size data_format",
    (x, named) => spaceToDepth(x, block(named)),
    declareBlocks((size, isChannels, by) => (isChannels ? size * by * by : size / by)),
  ),
};
