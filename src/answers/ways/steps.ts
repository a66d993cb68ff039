import { type OnlyInput, otherChannels, otherSize } from "./subject";

/** Something done to a tensor before a model gets it, batch first; `x` stands for the tensor in Python. */
export interface Step {
  name: StepName;
  /** As a layer in front of the model; null where it cannot be one. */
  layer: string | null;
  /** On a batch of tensors; null where it is learned, and so has to be a layer. */
  operation: string | null;
  parameters: number;
  /** Shape that comes out. */
  shape: number[];
}

export type StepName =
  | "repeat"
  | "to-gray"
  | "add-channel"
  | "learn"
  | "keep-first"
  | "resize"
  | "add-batch"
  | "channels-last"
  | "swap-sides";

/** More copies than that are no picture. */
const MOST_COPIES = 16;

/** Each alternative: what to do to the tensor, one step after the other, so that the model takes it. Empty where nothing is known. */
export function stepsTo(input: OnlyInput): Step[][] {
  const moved = MOVES.map((move) => move(input)).find((step) => step !== null);
  if (moved) return [[moved]];
  const widened = withChannel(input);
  if (widened) {
    const [next] = stepsTo({ ...input, given: widened.shape });
    return [[widened, ...(next ?? [])]];
  }
  const size = (given: number[]) => resized({ ...input, given });
  const channels = otherChannels(input);
  if (!channels) return [size(input.given)].flatMap((step) => (step ? [[step]] : []));
  const ways = channels.given === 1 ? [repeated(input), learned(input)] : [toGray(input) ?? keptFirst(input), learned(input)];
  return ways.filter((step) => step !== null).map((step) => [step, size(step.shape)].filter((each) => each !== null));
}

function repeated({ declared, given }: OnlyInput): Step | null {
  const count = declared.at(-1) as number;
  if (count > MOST_COPIES) return null;
  const isImage = count === 3 && given.length === 4;
  return {
    name: "repeat",
    layer: `keras.layers.Concatenate()([x] * ${count})`,
    operation: isImage ? "tf.image.grayscale_to_rgb(x)" : `tf.repeat(x, ${count}, axis=-1)`,
    parameters: 0,
    shape: [...given.slice(0, -1), count],
  };
}

/** A convolution of single positions: each channel that comes out is a weighted sum of those that come in. */
function learned({ declared, given }: OnlyInput): Step {
  const [count, came] = [declared.at(-1) as number, given.at(-1) as number];
  return {
    name: "learn",
    layer: `keras.layers.Conv${given.length - 2}D(${count}, 1)(x)`,
    operation: null,
    parameters: came * count + count,
    shape: [...given.slice(0, -1), count],
  };
}

/** What TensorFlow weighs as the eye does: 0.2989, 0.587, 0.114. */
function toGray({ declared, given }: OnlyInput): Step | null {
  if (declared.at(-1) !== 1 || given.at(-1) !== 3 || given.length !== 4) return null;
  return { name: "to-gray", layer: null, operation: "tf.image.rgb_to_grayscale(x)", parameters: 0, shape: [...given.slice(0, -1), 1] };
}

/** A picture in gray of which nobody said that it has a channel. */
function withChannel({ declared, given }: OnlyInput): Step | null {
  const channels = declared.at(-1);
  if (declared.length !== 4 || given.length !== 3 || typeof channels !== "number" || channels > 4) return null;
  const shape = [...given, 1];
  return {
    name: "add-channel",
    layer: `keras.layers.Reshape((${shape.slice(1).join(", ")}))(x)`,
    operation: "x[..., None]",
    parameters: 0,
    shape,
  };
}

function keptFirst({ declared, given }: OnlyInput): Step | null {
  const [count, came] = [declared.at(-1) as number, given.at(-1) as number];
  if (came < count) return null;
  const first = `x[..., :${count}]`;
  return { name: "keep-first", layer: first, operation: first, parameters: 0, shape: [...given.slice(0, -1), count] };
}

function resized(input: OnlyInput): Step | null {
  const size = otherSize(input)?.declared;
  return size ? resizeTo(input.given, size) : null;
}

/** `given`: an image, batch first, channels last. */
export function resizeTo(given: number[], [height, width]: number[]): Step {
  return {
    name: "resize",
    layer: `keras.layers.Resizing(${height}, ${width})(x)`,
    operation: `tf.image.resize(x, (${height}, ${width}))`,
    parameters: 0,
    shape: [given[0] as number, height as number, width as number, given.at(-1) as number],
  };
}

/** Nothing but the order of the axes, or the batch, is amiss: at most one of them fits. */
const MOVES: readonly ((input: OnlyInput) => Step | null)[] = [
  ({ declared, given }) =>
    given.length === declared.length - 1 && fits(declared.slice(1), given)
      ? { name: "add-batch", layer: null, operation: "x[None]", parameters: 0, shape: [1, ...given] }
      : null,
  ({ declared, given }) => moved("channels-last", { declared, given }, [0, 2, 3, 1]),
  ({ declared, given }) => moved("swap-sides", { declared, given }, [0, 2, 1, 3]),
];

function moved(name: StepName, { declared, given }: Pick<OnlyInput, "declared" | "given">, order: number[]): Step | null {
  if (given.length !== order.length || declared.length !== order.length || fits(declared, given)) return null;
  const shape = order.map((axis) => given[axis] as number);
  const isClear = name === "channels-last" ? declared[3] !== null && (declared[3] as number) <= 4 : true;
  if (!isClear || !fits(declared, shape)) return null;
  const [, ...axes] = order;
  return {
    name,
    layer: `keras.layers.Permute((${axes.join(", ")}))(x)`,
    operation: `tf.transpose(x, (${order.join(", ")}))`,
    parameters: 0,
    shape,
  };
}

const fits = (declared: readonly (number | null)[], given: readonly number[]): boolean =>
  declared.length === given.length && declared.every((size, axis) => size === null || size === given[axis]);
