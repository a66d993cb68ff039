import * as tf from "@tensorflow/tfjs-core";
import { formatShape } from "../../model";
import { hasNumbers } from "../masks";
import { type OperationRow, operation } from "../operation";
import type { Bound } from "../row";
import { shapeOnly } from "../shape-only";
import { part } from "./axes";
import { inverseWindow, overlapAdded } from "./overlap";
import { frames } from "./picking";
import { integerArgument, isNone, numbersArgument, tensorOf, tensorsOf } from "./values";

type Complex = [real: tf.Tensor, imaginary: tf.Tensor];

function pairOf(value: Bound | undefined): Complex {
  const [real, imaginary] = tensorsOf(value);
  if (!real || !imaginary) throw new Error("it needs a real and an imaginary part");
  if (real.shape.join() !== imaginary.shape.join())
    throw new Error(`the real part has ${formatShape(real.shape)}, the imaginary one ${formatShape(imaginary.shape)}`);
  return [real, imaginary];
}

function transformed([real, imaginary]: Complex): Complex {
  const result = tf.spectral.fft(tf.complex(real, imaginary));
  return [tf.real(result), tf.imag(result)];
}

/** Along the last two axes, one after the other. */
function transformed2([real, imaginary]: Complex): Complex {
  const order = real.shape.map((_, axis) => axis);
  [order[real.rank - 2], order[real.rank - 1]] = [real.rank - 1, real.rank - 2];
  const swapped = ([a, b]: Complex): Complex => [tf.transpose(a, order), tf.transpose(b, order)];
  return swapped(transformed(swapped(transformed([real, imaginary]))));
}

const conjugate = ([real, imaginary]: Complex): Complex => [real, tf.neg(imaginary)];

/** A transform backwards is one forwards of the conjugate, and the conjugate of that. */
function backwards(x: Complex, forwards: (x: Complex) => Complex, count: number): Complex {
  const [real, imaginary] = conjugate(forwards(conjugate(x)));
  return [tf.div(real, count), tf.div(imaginary, count)];
}

/** Cut off, or filled up with zeros, to a length along the last axis. */
function fitted(x: tf.Tensor, length: number): tf.Tensor {
  const last = x.shape.at(-1) as number;
  if (last >= length) return last === length ? x : part(x, x.rank - 1, 0, length);
  return tf.pad(x, [...x.shape.slice(1).map((): [number, number] => [0, 0]), [0, length - last]]);
}

/** The first half of the transform of real numbers, which says the other. */
export function realTransformed(x: tf.Tensor, length: number): Complex {
  const whole = fitted(x, length);
  const [real, imaginary] = transformed([whole, tf.zerosLike(whole)]);
  const half = Math.floor(length / 2) + 1;
  return [part(real, x.rank - 1, 0, half), part(imaginary, x.rank - 1, 0, half)];
}

const lengthOf = (value: Bound | undefined, fallback: number): number =>
  isNone(value) ? fallback : (numbersArgument(value).values[0] as number);

/** Real numbers from the half that `realTransformed` makes. */
export function realBackwards([real, imaginary]: Complex, length: number): tf.Tensor {
  const half = Math.floor(length / 2) + 1;
  const mirrored = length - half;
  const [a, b] = [fitted(real, half), fitted(imaginary, half)];
  const mirror = (x: tf.Tensor): tf.Tensor => tf.reverse(part(x, x.rank - 1, 1, mirrored), x.rank - 1);
  const whole: Complex = mirrored > 0 ? [tf.concat([a, mirror(a)], -1), tf.concat([b, tf.neg(mirror(b))], -1)] : [a, b];
  return backwards(whole, transformed, length)[0];
}

const STRAIGHT: { [name: string]: [number, number] } = { hann: [0.5, 0.5], hamming: [0.54, 0.46] };

/** A window of this length amid zeros. */
function windowOf(value: Bound | undefined, length: number, whole: number): tf.Tensor | null {
  if (isNone(value)) return null;
  const [mean, swing] = STRAIGHT[String(value)] ?? [1, 0];
  const numbers = Array.from({ length }, (_, index) => mean - swing * Math.cos((2 * Math.PI * index) / length));
  const window = typeof value === "string" ? tf.tensor1d(numbers) : tensorOf(value);
  const before = Math.floor((whole - length) / 2);
  return tf.pad(window, [[before, whole - length - before]]);
}

const stft = operation("x sequence_length sequence_stride fft_length window center", (named) => {
  const x = tensorOf(named["x"]);
  const [length, stride, whole] = [
    integerArgument(named["sequence_length"], 1),
    integerArgument(named["sequence_stride"], 1),
    integerArgument(named["fft_length"], 1),
  ];
  const rim = named["center"] === false ? 0 : Math.floor(whole / 2);
  const padded = rim ? tf.mirrorPad(x, [...x.shape.slice(1).map((): [number, number] => [0, 0]), [rim, rim]], "reflect") : x;
  const cut = frames(padded, whole, stride);
  const window = windowOf(named["window"], length, whole);
  return realTransformed(window ? tf.mul(cut, window) : cut, whole);
});

const istft = operation("x sequence_length sequence_stride fft_length length window center", (named) => {
  const [real, imaginary] = pairOf(named["x"]);
  if (real.rank < 2) throw new Error(`it needs sequences and their frequencies, got ${formatShape(real.shape)}`);
  const whole = integerArgument(named["fft_length"], 1);
  const rim = named["center"] === false ? 0 : Math.floor(whole / 2) * 2;
  const count = ((real.shape.at(-2) as number) - 1) * integerArgument(named["sequence_stride"], 1) + whole - rim;
  const length = lengthOf(named["length"], count);
  if (!hasNumbers()) return shapeOnly([real, imaginary], [...real.shape.slice(0, -2), length]);
  const step = integerArgument(named["sequence_stride"], 1);
  const window = windowOf(named["window"] === undefined ? "hann" : named["window"], integerArgument(named["sequence_length"], 1), whole);
  const pieces = realBackwards([real, imaginary], whole);
  const shown = window ? tf.mul(pieces, tf.tensor1d(inverseWindow(Array.from(window.dataSync()), step))) : pieces;
  return part(overlapAdded(shown, step), real.rank - 2, rim / 2, length);
});

/** How much alike two lines are at each place of one along the other. */
const correlate = operation("x1 x2 mode", ({ x1, x2, mode }) => {
  const both = [tensorOf(x1), tensorOf(x2)];
  if (both.some(({ rank }) => rank !== 1)) throw new Error("it compares two lines of numbers");
  const [long, short] = both.sort((a, b) => b.size - a.size) as [tf.Tensor, tf.Tensor];
  const rims: { [mode: string]: [number, number] } = {
    full: [short.size - 1, short.size - 1],
    same: [Math.floor(short.size / 2), short.size - 1 - Math.floor(short.size / 2)],
  };
  const padded = tf.pad(long, [rims[String(mode)] ?? [0, 0]]);
  const line = tf.reshape(padded, [1, padded.size, 1]) as tf.Tensor3D;
  return tf.reshape(tf.conv1d(line, tf.reshape(short, [short.size, 1, 1]) as tf.Tensor3D, 1, "valid"), [-1]);
});

/** Transforms to frequencies and back; Keras writes a complex tensor as two. */
export const SIGNALS: { [name: string]: OperationRow } = {
  fft: operation("x", ({ x }) => transformed(pairOf(x))),
  fft2: operation("x", ({ x }) => transformed2(pairOf(x))),
  ifft2: operation("x", ({ x }) => {
    const pair = pairOf(x);
    return backwards(pair, transformed2, (pair[0].shape.at(-1) as number) * (pair[0].shape.at(-2) as number));
  }),
  rfft: operation("x fft_length", ({ x: given, fft_length: length }) => {
    const x = tensorOf(given);
    return realTransformed(x, lengthOf(length, x.shape.at(-1) as number));
  }),
  irfft: operation("x fft_length", ({ x, fft_length: length }) => {
    const pair = pairOf(x);
    return realBackwards(pair, lengthOf(length, 2 * ((pair[0].shape.at(-1) as number) - 1)));
  }),
  stft,
  istft,
  correlate,
  view_as_complex: operation("x", ({ x: given }) => {
    const x = tensorOf(given);
    if (x.shape.at(-1) !== 2) throw new Error(`expected 2 along the last axis, a real and an imaginary part, got ${formatShape(x.shape)}`);
    const [real, imaginary] = tf.split(x, 2, -1).map((one) => tf.squeeze(one, [x.rank - 1])) as Complex;
    return tf.complex(real, imaginary);
  }),
  view_as_real: operation("x", ({ x }) => tf.stack([tf.real(tensorOf(x)), tf.imag(tensorOf(x))], tensorOf(x).rank)),
};
