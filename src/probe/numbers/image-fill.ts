import type * as tf from "@tensorflow/tfjs-core";
import { CHANNELS, type DecodedImage, imageNumbers, needsColours, preprocess } from "../../images";
import {
  type AskedPreprocessing,
  type ColorMode,
  formatShape,
  type ImageInput,
  type ImageReport,
  type Preprocessing,
  type Probe,
  UserError,
} from "../../model";
import { tensorDtype } from "../declared-input";
import { allLayers, type PreparedModel } from "../prepared";
import { gateOf } from "../run";

/** An image to fill a probe with. */
export interface Image {
  /** Name of its file. */
  name: string;
  decoded: DecodedImage;
}

/** How an image lies in a tensor, batch first. */
interface Place {
  mode: ColorMode;
  height: number;
  width: number;
  isChannelsFirst: boolean;
}

/** An input and the tensor that it is given. */
interface Input {
  name: string;
  shape: number[];
  dtype: tf.DataType;
}

/** What a probe that is filled with an image holds. */
export interface ImageFill {
  report: ImageReport;
  /** Numbers for an input, in row-major order; null where no image fits it. */
  numbers(index: number, shape: readonly number[]): Float32Array | null;
}

const MODES = Object.keys(CHANNELS) as ColorMode[];

/** How the image comes into each input. @throws UserError where it fits none, or cannot be prepared as was asked for */
export function imageFill(prepared: PreparedModel, probe: Probe, { name, decoded }: Image): ImageFill {
  const inputs = inputsOf(prepared, probe);
  const places = placesOf(prepared, inputs);
  const filled = places.map(
    (place, index) => place && inputOf(prepared, probe.preprocess ?? "auto", { ...(inputs[index] as Input), place, decoded }),
  );
  return {
    report: {
      name,
      width: decoded.width,
      height: decoded.height,
      inputs: filled.filter((input) => input !== null),
      ...(decoded.note === undefined ? {} : { note: decoded.note }),
      others: inputs.filter((_, index) => places[index] === null).map((input) => input.name),
    },
    numbers(index, shape) {
      const [place, input] = [places[index], filled[index]];
      return place && input ? sampleAfterSample(decoded, place, input.preprocessing, shape[0] as number) : null;
    },
  };
}

/** As Keras lets them in. */
function inputsOf({ inputs, network, model }: PreparedModel, probe: Probe): Input[] {
  const shapes = inputs.map(({ name }) => ({ shape: probe.inputs[name] as number[] }));
  return gateOf(network, shapes, model.kerasMajor).map(({ adapted }, index) => {
    const { name, dtype } = inputs[index] as PreparedModel["inputs"][number];
    return { name, shape: adapted, dtype: tensorDtype(dtype) };
  });
}

/** Inputs of height, width and channels; where there are none, those of height and width alone, which are gray. */
function placesOf({ model, network }: PreparedModel, inputs: readonly Input[]): (Place | null)[] {
  const isChannelsFirst = allLayers(network).some(({ layer }) => layer.config["data_format"] === "channels_first");
  const hasFourAxes = inputs.some(({ shape, dtype }) => shape.length === 4 && dtype !== "string");
  const places = inputs.map(({ shape, dtype }) => {
    if (dtype === "string") return null;
    return hasFourAxes ? colouredPlace(shape, isChannelsFirst) : grayPlace(shape);
  });
  if (places.some((place) => place !== null)) return places;
  const shapes = inputs.map(({ name, shape }) => `${name} is ${formatShape(shape)}`).join(", ");
  throw new UserError(
    `An image fills an input of height, width and 1 (grayscale), 3 (RGB) or 4 (RGBA) channels, and ${model.name} has none: ${shapes}; choose other channels or another fill.`,
  );
}

/** Null where neither axis that may hold channels has a number of them that images have. */
function colouredPlace(shape: readonly number[], isChannelsFirst: boolean): Place | null {
  if (shape.length !== 4) return null;
  const modeAlong = (axis: number) => MODES.find((mode) => CHANNELS[mode] === shape[axis]);
  const [first, last] = [modeAlong(1), modeAlong(3)];
  if (first && (isChannelsFirst || !last))
    return { mode: first, height: shape[2] as number, width: shape[3] as number, isChannelsFirst: true };
  return last ? { mode: last, height: shape[1] as number, width: shape[2] as number, isChannelsFirst: false } : null;
}

function grayPlace(shape: readonly number[]): Place | null {
  if (shape.length !== 3) return null;
  return { mode: "grayscale", height: shape[1] as number, width: shape[2] as number, isChannelsFirst: false };
}

/** What is said of an input. @throws UserError where its pixels cannot be prepared as was asked for */
function inputOf({ model }: PreparedModel, asked: AskedPreprocessing, input: Input & { place: Place; decoded: DecodedImage }): ImageInput {
  const { name, dtype, place, decoded } = input;
  const { mode, height, width } = place;
  const bits = decoded.gray16 && mode === "grayscale" ? 16 : 8;
  const own = model.zoo?.preprocessing;
  const wanted = asked === "auto" ? (own ?? "none") : asked;
  const obstacle = obstacleTo(wanted, mode, dtype);
  if (obstacle && asked !== "auto")
    throw new UserError(`The image cannot be prepared as ${asked} for ${name}: ${obstacle}; use none or auto.`);
  const because = asked !== "auto" ? "asked" : own === undefined ? "unknown" : obstacle ? "unfit" : "model";
  return { name, mode, height, width, bits, preprocessing: obstacle ? "none" : wanted, because };
}

/** Why pixels of this kind cannot be prepared so; null where they can. */
function obstacleTo(kind: Preprocessing, mode: ColorMode, dtype: tf.DataType): string | null {
  if (kind === "none") return null;
  if (dtype !== "float32") return "that makes fractions, and this input takes integers";
  return needsColours(kind) && mode !== "rgb" ? `that needs 3 channels, and this input has ${CHANNELS[mode]}` : null;
}

/** The same image for each sample of the batch. */
function sampleAfterSample(decoded: DecodedImage, place: Place, kind: Preprocessing, batch: number): Float32Array {
  const channels = CHANNELS[place.mode];
  const one = preprocess(imageNumbers(decoded, place), channels, kind);
  const sample = place.isChannelsFirst ? channelsFirst(one, channels) : one;
  const all = new Float32Array(sample.length * batch);
  for (let index = 0; index < batch; index++) all.set(sample, index * sample.length);
  return all;
}

function channelsFirst(numbers: Float32Array, channels: number): Float32Array {
  const pixels = numbers.length / channels;
  return Float32Array.from(numbers, (_, index) => numbers[(index % pixels) * channels + Math.floor(index / pixels)] as number);
}
