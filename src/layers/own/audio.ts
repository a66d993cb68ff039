import * as tf from "@tensorflow/tfjs-core";
import { formatShape, type JsonObject } from "../../model";
import { activationOf } from "../activations";
import { boolean, integer, integers, isChannelsFirst, text } from "../config";
import { type Definition, define, type Weights } from "../define";
import { type LayerTable, Unknown } from "../row";
import { shapeOnly } from "../shape-only";
import { declaredSlide, type Sliding } from "../windows";
import { convolve } from "./slide";

interface SpectrogramOptions {
  mode: string;
  sliding: Sliding;
  /** Number of frequencies. */
  bins: number;
  isFirst: boolean;
  hasOwnAxis: boolean;
}

/** What becomes of the real and the imaginary part, both `[batch, channels, frequencies, frames]`. @see Keras `STFTSpectrogram` */
const PARTS: { [mode: string]: (real: tf.Tensor, imaginary: tf.Tensor) => tf.Tensor } = {
  real: (real) => real,
  imag: (_, imaginary) => imaginary,
  angle: (real, imaginary) => tf.atan2(imaginary, real),
  stft: (real, imaginary) => tf.concat([real, imaginary], 2),
  psd: (real, imaginary) => {
    const power = powerOf(real, imaginary);
    const [batch, channels, bins = 0, frames] = power.shape as [number, number, number, number];
    const inner = tf.slice(power, [0, 0, 1, 0], [batch, channels, bins - 2, frames]);
    return tf.add(
      power,
      tf.pad(inner, [
        [0, 0],
        [0, 0],
        [1, 1],
        [0, 0],
      ]),
    );
  },
  magnitude: (real, imaginary) => magnitudeOf(real, imaginary),
  log: (real, imaginary) => tf.log(tf.maximum(magnitudeOf(real, imaginary), EPSILON)),
};

/** Keras's `backend.epsilon()`. */
const EPSILON = 1e-7;

const powerOf = (real: tf.Tensor, imaginary: tf.Tensor): tf.Tensor => tf.add(tf.square(real), tf.square(imaginary));
const magnitudeOf = (real: tf.Tensor, imaginary: tf.Tensor): tf.Tensor => tf.sqrt(tf.maximum(powerOf(real, imaginary), EPSILON));

function spectrogramOptions(config: JsonObject): SpectrogramOptions {
  const mode = text(config, "mode", "log");
  if (!Object.hasOwn(PARTS, mode)) throw new Unknown(`its mode ${mode} is not one of Keras's`);
  const [frame = 1] = integers(config, "frame_length", 1, 256);
  const [stride = 1] = integers(config, "frame_step", 1, Math.floor(frame / 2));
  const fourier = integer(config, "fft_length", 2 ** Math.ceil(Math.log2(frame)));
  const padding = text(config, "padding", "valid") === "same" ? "same" : "valid";
  return {
    mode,
    sliding: { window: frame, stride, dilation: 1, padding },
    bins: Math.floor(fourier / 2) + 1,
    isFirst: isChannelsFirst(config),
    hasOwnAxis: boolean(config, "expand_dims", false),
  };
}

/** A sound `[batch, samples, channels]` to how strong which frequency is in each frame. */
const spectrogram: Definition<SpectrogramOptions> = {
  options: spectrogramOptions,
  weights: ({ mode, sliding: { window }, bins }) => [
    ...(mode === "imag" ? [] : ([["real_kernel", [window, 1, bins]]] as [string, number[]][])),
    ...(mode === "real" ? [] : ([["imag_kernel", [window, 1, bins]]] as [string, number[]][])),
  ],
  rule: () => ({ rank: 3 }),
  declare: ({ mode, sliding, bins, isFirst, hasOwnAxis }, first) => {
    const [batch = null, channels = null, samples = null] = isFirst ? first : [first[0], first[2], first[1]];
    const frames = declaredSlide(samples ?? null, sliding);
    const count = mode === "stft" ? bins * 2 : bins;
    if (channels === null) throw new Error("its channels have to be declared, as it declares as many for each frequency");
    if (hasOwnAxis) return isFirst ? [batch, channels, frames, count] : [batch, frames, count, channels];
    return isFirst ? [batch, channels * count, frames] : [batch, frames, channels * count];
  },
  run: (options, x, weights) => {
    if (x.dtype !== "float32") throw new Error("it takes sound as floats, not as whole numbers");
    const first = options.isFirst ? x : tf.transpose(x, [0, 2, 1]);
    const part = (name: string): tf.Tensor => (weights[name] ? framed(options, first, weights, name) : first);
    const made = (PARTS[options.mode] as (typeof PARTS)[string])(part("real_kernel"), part("imag_kernel"));
    return arranged(options, made);
  },
};

/** One part of the transform: `[batch, channels, samples]` to `[batch, channels, frequencies, frames]`. */
function framed({ sliding, bins }: SpectrogramOptions, x: tf.Tensor, weights: Weights, name: string): tf.Tensor {
  const [batch = 1, channels = 1, samples = 1] = x.shape;
  const lines = tf.reshape(x, [batch * channels, samples, 1]);
  const y = convolve(lines, weights[name] as tf.Tensor, null, {
    window: [sliding.window],
    strides: [sliding.stride],
    dilations: [1],
    padding: sliding.padding,
    groups: 1,
    activation: activationOf(null, 3),
  });
  return tf.reshape(tf.transpose(y, [0, 2, 1]), [batch, channels, bins, y.shape[1] as number]);
}

/** `[batch, channels, frequencies, frames]` in the order of axes that the layer gives. */
function arranged({ isFirst, hasOwnAxis }: SpectrogramOptions, x: tf.Tensor): tf.Tensor {
  const [batch = 1, channels = 1, bins = 1, frames = 1] = x.shape;
  if (hasOwnAxis) return tf.transpose(x, isFirst ? [0, 1, 3, 2] : [0, 3, 2, 1]);
  const flat = tf.reshape(x, [batch, channels * bins, frames]);
  return isFirst ? flat : tf.transpose(flat, [0, 2, 1]);
}

interface MelOptions {
  fourier: number;
  stride: number;
  bands: number;
}

/**
 * A sound `[…, samples]` to how loud it is in each band of pitches: `[…, bands, frames]`. tfjs transforms one line at a time only, so
 * its numbers are not computed. @see Keras `MelSpectrogram`
 */
const mel: Definition<MelOptions> = {
  options: (config) => ({
    fourier: integer(config, "fft_length", 2048),
    stride: integers(config, "sequence_stride", 1, 512)[0] as number,
    bands: integer(config, "num_mel_bins", 128),
  }),
  // Keras reckons with one frame more than there may be, along the axis behind the batch.
  declare: ({ stride, bands }, first) => {
    const samples = first[first.length === 1 ? 0 : 1] ?? null;
    const frames = samples === null ? null : Math.floor((samples + stride + 1) / stride);
    return [...first.slice(0, 1), bands, frames].slice(first.length === 1 ? 1 : 0);
  },
  run: ({ fourier, stride, bands }, x) => {
    const samples = x.shape.at(-1) ?? 0;
    const half = Math.floor(fourier / 2);
    if (samples <= half) throw new Error(`it mirrors ${half} samples at each end, of which ${formatShape(x.shape)} has too few`);
    const frames = 1 + Math.floor((samples + 2 * half - fourier) / stride);
    return shapeOnly([x], [...x.shape.slice(0, -1), bands, frames]);
  },
};

export const AUDIO: LayerTable = {
  STFTSpectrogram: define(spectrogram),
  MelSpectrogram: define(mel),
};
