import * as tf from "@tensorflow/tfjs-core";
import { formatShape } from "../../model";
import { frontAxis } from "../config";
import { hasNumbers } from "../masks";
import { type OperationRow, operation } from "../operation";
import { shapeOnly } from "../shape-only";
import { part } from "./axes";
import { overlapAdded } from "./overlap";
import { frames } from "./picking";
import { realBackwards, realTransformed } from "./signals";
import { declaredShapeOf, integerArgument, isNone, tensorOf } from "./values";

// TensorFlow has complex tensors, where Keras's operations write two.

const X = "signals|signal|input|input_tensor|x|stfts|log_mel_spectrograms";

const like: OperationRow = operation(X, ({ signals }) => {
  const x = tensorOf(signals);
  return shapeOnly([x], x.shape, x.dtype);
});

const complexLike = (transform: (x: tf.Tensor) => tf.Tensor): OperationRow =>
  operation(X, ({ signals }) => {
    const x = tensorOf(signals);
    return hasNumbers() && x.dtype === "complex64" ? transform(x) : shapeOnly([x], x.shape, x.dtype);
  });

/** The cosine transform of the second kind. @see TensorFlow's dct_ops */
function cosines(x: tf.Tensor, isOrthogonal: boolean): tf.Tensor {
  const count = x.shape.at(-1) as number;
  const scale = (k: number): number => (isOrthogonal ? Math.sqrt((k === 0 ? 1 : 2) / (4 * count)) : 1);
  const rows = Array.from({ length: count }, (_, n) =>
    Array.from({ length: count }, (_, k) => 2 * scale(k) * Math.cos((Math.PI * k * (2 * n + 1)) / (2 * count))),
  );
  return tf.reshape(tf.matMul(tf.reshape(x, [-1, count]), tf.tensor2d(rows, [count, count])), x.shape);
}

const dct: OperationRow = operation(`${X} type n axis norm`, ({ signals, type, n, norm }) => {
  const x = tensorOf(signals);
  const isKnown = integerArgument(type, 2) === 2 && isNone(n);
  return hasNumbers() && isKnown ? cosines(x, norm === "ortho") : shapeOnly([x], x.shape, x.dtype);
});

const mfccs: OperationRow = operation(X, ({ signals }) => {
  const x = tensorOf(signals);
  return hasNumbers() ? tf.div(cosines(x, false), Math.sqrt(2 * (x.shape.at(-1) as number))) : shapeOnly([x], x.shape, x.dtype);
});

/** Filled up with zeros, so that each frame begins inside. */
function framed(x: tf.Tensor, length: number, step: number, isPadded: boolean): tf.Tensor {
  if (!isPadded) return frames(x, length, step);
  const whole = x.shape.at(-1) as number;
  const missing = Math.max((Math.ceil(whole / step) - 1) * step + length - whole, 0);
  return frames(tf.pad(x, [...x.shape.slice(1).map((): [number, number] => [0, 0]), [0, missing]]), length, step);
}

const nextPower = (size: number): number => 2 ** Math.ceil(Math.log2(size));

const hann = (length: number): tf.Tensor =>
  tf.tensor1d(Array.from({ length }, (_, index) => 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / length)));

const runStft: OperationRow["run"] = (named) => {
  const length = integerArgument(named["frame_length"], 1);
  const whole = integerArgument(named["fft_length"], nextPower(length));
  const cut = framed(tensorOf(named["signals"]), length, integerArgument(named["frame_step"], 1), named["pad_end"] === true);
  return tf.complex(...(realTransformed(tf.mul(cut, hann(length)), whole) as [tf.Tensor, tf.Tensor]));
};

/** Frames are counted by TensorFlow as it runs: how many an open length has is open. */
const stft = operation(`${X} frame_length frame_step fft_length pad_end`, runStft, (named) => {
  const { frame_length: length, frame_step: step, fft_length: whole, pad_end: isPadded } = named as { [parameter: string]: number };
  const [samples, ...batch] = declaredShapeOf(named["signals"]).toReversed();
  const count = (all: number): number =>
    isPadded ? Math.ceil(all / Number(step)) : Math.max(1 + Math.floor((all - Number(length)) / Number(step)), 0);
  const bins = Math.floor(Number(whole ?? nextPower(Number(length))) / 2) + 1;
  return [...batch.toReversed(), typeof samples === "number" ? count(samples) : null, bins];
});

/** @throws Error unless there are frames */
function requireFrames(x: tf.Tensor): [count: number, length: number] {
  if (x.rank < 2) throw new Error(`it needs frames, got ${formatShape(x.shape)}`);
  return x.shape.slice(-2) as [number, number];
}

const overlapAndAdd: OperationRow = operation(`${X} frame_step`, (named) => {
  const x = tensorOf(named["signals"]);
  const [count, length] = requireFrames(x);
  const step = integerArgument(named["frame_step"], 1);
  return hasNumbers() ? overlapAdded(x, step) : shapeOnly([x], [...x.shape.slice(0, -2), (count - 1) * step + length]);
});

const inverseStft: OperationRow = operation(`${X} frame_length frame_step fft_length`, (named) => {
  const x = tensorOf(named["signals"]);
  const [count] = requireFrames(x);
  const [length, step] = [integerArgument(named["frame_length"], 1), integerArgument(named["frame_step"], 1)];
  if (!hasNumbers()) return shapeOnly([x], [...x.shape.slice(0, -2), (count - 1) * step + length]);
  const pieces = realBackwards([tf.real(x), tf.imag(x)], integerArgument(named["fft_length"], nextPower(length)));
  return overlapAdded(tf.mul(part(pieces, x.rank - 1, 0, length), hann(length)), step);
});

export const TENSORFLOW_SIGNAL: { [name: string]: OperationRow } = {
  fft: complexLike(tf.fft),
  ifft: complexLike(tf.ifft),
  fft2d: like,
  ifft2d: like,
  fft3d: like,
  ifft3d: like,
  fftshift: like,
  ifftshift: like,
  dct,
  idct: like,
  mfccs_from_log_mel_spectrograms: mfccs,
  stft,
  mdct: operation(`${X} frame_length`, (named) => {
    const length = integerArgument(named["frame_length"], 4);
    const cut = framed(tensorOf(named["signals"]), length, Math.floor(length / 2), named["pad_end"] === true);
    return shapeOnly([cut], [...cut.shape.slice(0, -1), Math.floor(length / 2)]);
  }),
  inverse_stft: inverseStft,
  overlap_and_add: overlapAndAdd,
  frame: operation(`${X} frame_length frame_step pad_end pad_value axis`, (named) => {
    const x = tensorOf(named["signals"]);
    const axis = frontAxis(integerArgument(named["axis"], -1), x.rank);
    const [length, step] = [integerArgument(named["frame_length"], 1), integerArgument(named["frame_step"], 1)];
    const cut = (last: tf.Tensor): tf.Tensor => framed(last, length, step, named["pad_end"] === true);
    if (axis === x.rank - 1) return cut(x);
    // The axis becomes two where it stood.
    const order = x.shape.map((_, at) => at).filter((at) => at !== axis);
    const result = cut(tf.transpose(x, [...order, axis]));
    const back = [...order.slice(0, axis).map((_, at) => at), x.rank - 1, x.rank, ...order.slice(axis).map((_, at) => axis + at)];
    return tf.transpose(result, back);
  }),
};
