import type * as tf from "@tensorflow/tfjs-core";
import type { Look } from "../../engines";
import type { LayerPictures } from "../../model";
import { encoded, encodedAlike, farthest, fieldOf, type Grid, LOOKS, shrunk, strideOf } from "./grid";

/** Largest sides of the pictures, in pixels: the mean of all channels, one channel, an input that is an image. */
const MOST = { whole: 96, channel: 32, plane: 192 } as const;
const MOST_CHANNELS = 16;

export interface PictureOptions {
  /** Whether channels come before height and width. */
  channelsFirst: boolean;
  /** Whether it is what the model is given: images are shown in their colours. */
  isInput?: boolean;
  /** Whether those colours are blue, green and red. */
  isBgr?: boolean;
}

/** A tensor, and what its engine tells of its numbers. */
export interface LookedAt {
  tensor: Pick<tf.Tensor, "shape" | "rank" | "size">;
  look: Look;
  /** Means over its channels, where somebody has needed them before. */
  means?: ArrayLike<number> | null;
}

/** Draws pictures when somebody wants to see them; few are ever looked at. */
export type Draw = () => LayerPictures;

/**
 * Takes what small pictures of the first sample of a tensor are made of, batch first; null where there is nothing to see (no axes, more
 * than five, a size of 0).
 */
export function picturesOf({ tensor, look, means = null }: LookedAt, options: PictureOptions): Draw | null {
  const { rank, size } = tensor;
  const shape = tensor.shape.slice();
  if (rank === 0 || rank > 5 || size === 0) return null;
  const draw = rank <= 2 ? strip(look, shape) : rank === 3 ? table(look, shape, options) : image(look, shape, { ...options, means });
  return () => ({ ...draw(), shape });
}

/** What a kind of picture tells besides the tensor's shape. */
type Pictures = Omit<LayerPictures, "shape">;

function strip(look: Look, shape: readonly number[]): () => Pictures {
  const { numbers } = sampleOf(look, shape, {});
  return () => ({ kind: "strip", whole: encoded(farthest(numbers, MOST.whole)), channels: [], channelCount: numbers.length });
}

/** Steps downwards, features to the right. */
function table(look: Look, shape: readonly number[], { channelsFirst }: PictureOptions): () => Pictures {
  const [steps, features] = channelsFirst ? [2, 1] : [1, 2];
  const sample = sampleOf(look, shape, { [steps]: MOST.whole * LOOKS, [features]: MOST.whole * LOOKS });
  const field = fieldOf(sample.shape, { down: steps, across: features, offset: 0 });
  const channelCount = shape[features] as number;
  return () => ({ kind: "table", whole: encoded(shrunk(sample.numbers, field, MOST.whole)), channels: [], channelCount });
}

type ImageOptions = PictureOptions & { means: ArrayLike<number> | null };

function image(look: Look, shape: readonly number[], { channelsFirst, isInput, isBgr = false, means }: ImageOptions): () => Pictures {
  const axis = channelsFirst ? 1 : shape.length - 1;
  const channelCount = shape[axis] as number;
  const { down, across, depth } = placesOf(shape, axis);
  const slice = depth === null ? null : Math.floor((shape[depth] as number) / 2);
  const sample = (most: number) => sampleOf(look, shape, { [down]: most, [across]: most }, { axis, depth, slice });
  const isColoured = isInput && (channelCount === 1 || channelCount === 3);
  const channels = sample(MOST.channel);
  const colours = isColoured ? sample(MOST.plane * LOOKS) : null;
  return imageOf({ shape, axis, slice, means: means ?? look.means(axis), channels, colours, isBgr });
}

/** What an image is drawn from when somebody wants to see it. */
interface ImageParts {
  shape: readonly number[];
  axis: number;
  slice: number | null;
  means: ArrayLike<number>;
  channels: Sample;
  colours: Sample | null;
  isBgr: boolean;
}

/** Apart from `image`: what a function returns would keep all that was there, the tensor with its numbers too. */
function imageOf({ shape, axis, slice, means, channels, colours, isBgr }: ImageParts): () => Pictures {
  const inColours = (sample: Sample): Grid[] => {
    const planes = planesOf(sample, axis, MOST.plane);
    return isBgr ? planes.reverse() : planes;
  };
  return () => ({
    kind: "image",
    whole: encoded(wholeOf(means, shape.toSpliced(axis, 1), slice)),
    channels: planesOf(channels, axis, MOST.channel).map((plane) => encoded(plane)),
    channelCount: shape[axis] as number,
    ...(colours ? { planes: encodedAlike(inColours(colours)) } : {}),
    ...(slice === null ? {} : { slice }),
  });
}

/** Each channel of a sample. */
function planesOf({ numbers, shape }: Sample, axis: number, most: number): Grid[] {
  const { down, across } = placesOf(shape, axis);
  return Array.from({ length: shape[axis] as number }, (_, channel) =>
    shrunk(numbers, fieldOf(shape, { down, across, offset: channel * strideOf(shape, axis) }), most),
  );
}

function wholeOf(means: ArrayLike<number>, shape: readonly number[], slice: number | null): Grid {
  const { down, across } = placesOf(shape, null);
  const offset = slice === null ? 0 : slice * strideOf(shape, 1);
  return shrunk(means, fieldOf(shape, { down, across, offset }), MOST.whole);
}

/** Of an image's axes: which are its channels, and at which place of its depth it is cut. */
interface Cut {
  axis: number;
  depth: number | null;
  slice: number | null;
}

interface Sample {
  numbers: ArrayLike<number>;
  shape: number[];
}

/** Some numbers of the first sample, the others left out at regular steps: no fewer than `most` along an axis, and less than twice as many. */
function sampleOf(look: Look, shape: readonly number[], most: { [axis: number]: number }, cut?: Cut): Sample {
  const begin = shape.map((_, axis) => (axis === cut?.depth ? (cut.slice as number) : 0));
  const end = shape.map((size, axis) => {
    if (axis === 0 && shape.length > 1) return 1;
    if (axis === cut?.depth) return (cut.slice as number) + 1;
    return axis === cut?.axis ? Math.min(size, MOST_CHANNELS) : size;
  });
  const strides = shape.map((size, axis) => Math.max(1, Math.floor(size / (most[axis] ?? size))));
  const sizes = shape.map((_, axis) => Math.ceil(((end[axis] as number) - (begin[axis] as number)) / (strides[axis] as number)));
  return { numbers: look.part({ begin, end, strides }), shape: sizes };
}

/** Height and width, which are the last axes that are no channels; of a volume its depth before them. */
function placesOf(shape: readonly number[], channelAxis: number | null): { down: number; across: number; depth: number | null } {
  const axes = shape.map((_, axis) => axis).filter((axis) => axis !== 0 && axis !== channelAxis);
  const [down, across] = axes.slice(-2) as [number, number];
  return { down, across, depth: axes.length === 3 ? (axes[0] as number) : null };
}
