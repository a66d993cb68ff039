import * as tf from "@tensorflow/tfjs-core";
import { formatShape, type Shape } from "../../model";
import { type Definition, define } from "../define";
import { type Bound, type DeclaredArgument, DeclaredTensor, type MakeRunner } from "../row";

/** What an image layer does to images, one or a batch of them, and to the boxes and their labels that come with them. */
export interface PictureWork<O> extends Pick<Definition<O>, "options"> {
  declareImages?(options: O, first: Shape): Shape;
  images(options: O, x: tf.Tensor): tf.Tensor;
  declareBoxes?(options: O, first: Shape): Shape;
  boxes?(options: O, x: tf.Tensor): tf.Tensor;
  /** Number of channels that it asks for. */
  channels?: number;
}

/** Parts of a record that are images, and those that are boxes. Labels of whole images stay what they are. */
const IMAGES = new Set(["images", "segmentation_masks"]);
const BOXES = new Set(["boxes", "labels"]);

type Part = "images" | "boxes" | "labels";

/** The tensors of a call's data, which may be a record of several, with what each is; by sorted name, as Keras flattens records. */
function partsOf<T>(data: unknown, isTensor: (value: unknown) => value is T, part: Part = "images"): [Part, T][] {
  if (isTensor(data)) return [[part, data]];
  if (typeof data !== "object" || data === null) return [];
  const record = data as { [name: string]: unknown };
  return Object.keys(record)
    .sort()
    .flatMap((name) => partsOf(record[name], isTensor, partNamed(name, part)));
}

function partNamed(name: string, outer: Part): Part {
  if (name === "bounding_boxes" || (outer === "boxes" && BOXES.has(name))) return "boxes";
  return IMAGES.has(name) ? "images" : "labels";
}

const isTensor = (value: unknown): value is tf.Tensor => value instanceof tf.Tensor;
const isDeclared = (value: unknown): value is DeclaredTensor => value instanceof DeclaredTensor;

/** A row for a layer of Keras's that prepares or varies images, given alone or in a record (`{"images": …, "bounding_boxes": …}`). */
export function pictures<O>(work: PictureWork<O>): MakeRunner {
  const same = (_: O, value: Shape): Shape => value;
  const handOn = (_: O, x: tf.Tensor): tf.Tensor => x;
  const declare = { images: work.declareImages ?? same, boxes: work.declareBoxes ?? same, labels: same };
  const run = { images: work.images, boxes: work.boxes ?? handOn, labels: handOn };
  return (config, making) =>
    define<O>({
      options: work.options,
      declare: (options, first, _, { args, kwargs }) =>
        partsOf<DeclaredTensor>(dataOf(args, kwargs) ?? new DeclaredTensor(first, "float32"), isDeclared).map(([part, { shape }]) =>
          declare[part](options, shape),
        ),
      run: (options, x, _, { args, kwargs }) =>
        partsOf<tf.Tensor>(dataOf(args, kwargs) ?? x, isTensor).map(([part, tensor]) => {
          if (part === "images" && making.kerasMajor === 3) requireImages(tensor, work.channels ?? null);
          return run[part](options, tensor);
        }),
    })(config, making);
}

function dataOf<T extends Bound | DeclaredArgument>(args: T[], kwargs: { [name: string]: T }): T | undefined {
  return args[0] ?? kwargs["data"] ?? kwargs["inputs"];
}

function requireImages(x: tf.Tensor, channels: number | null): void {
  if (x.rank !== 3 && x.rank !== 4) throw new Error(`expected an image of 3 axes or a batch of 4, got ${formatShape(x.shape)}`);
  if (channels !== null && x.shape.at(-1) !== channels) throw new Error(`expected ${channels} channels, got ${formatShape(x.shape)}`);
}
