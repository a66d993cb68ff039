import * as tf from "@tensorflow/tfjs-core";
import { formatShape } from "../../model";
import { frontAxis } from "../config";
import { type Named, type OperationRow, operation } from "../operation";
import { integerArgument, isNone, numberArgument, numbersArgument, sizesOf, tensorOf } from "./values";

/** Axes that only one of the two has are of 1 in the other, as in NumPy. */
function tiled(x: tf.Tensor, repeats: number[]): tf.Tensor {
  const rank = Math.max(x.rank, repeats.length);
  const ones = (count: number): number[] => Array(count).fill(1);
  const whole = x.rank === rank ? x : tf.reshape(x, [...ones(rank - x.rank), ...x.shape]);
  return tf.tile(whole, [...ones(rank - repeats.length), ...repeats]);
}

/** Each place so often, or each as often as a list says; all axes as one where none is named. */
const repeat = operation("x|input repeats axis", ({ x: given, repeats, axis: named }) => {
  const x = isNone(named) ? tf.reshape(tensorOf(given), [-1]) : tensorOf(given);
  const along = frontAxis(integerArgument(named, 0), x.rank);
  const size = x.shape[along] as number;
  const counts = sizesOf(repeats);
  if (counts.length === 1) return repeatedEach(x, along, counts[0] as number);
  if (counts.length !== size)
    throw new Error(`${counts.length} repeats were given for ${size} along axis ${along} of ${formatShape(x.shape)}`);
  const places = counts.flatMap((count, place) => Array(count).fill(place));
  return tf.gather(x, tf.tensor1d(places, "int32"), along);
});

function repeatedEach(x: tf.Tensor, along: number, count: number): tf.Tensor {
  const spread = tf.tile(tf.expandDims(x, along + 1), [
    ...x.shape.slice(0, along + 1).map(() => 1),
    count,
    ...x.shape.slice(along + 1).map(() => 1),
  ]);
  return tf.reshape(
    spread,
    x.shape.map((size, index) => (index === along ? size * count : size)),
  );
}

/** Along one axis, or several; where none is named, all numbers as one row. */
const roll = operation("x|input shift axis", ({ x: given, shift, axis: named }) => {
  const x = tensorOf(given);
  const shifts = numbersArgument(shift).values;
  if (isNone(named)) return tf.reshape(rolled(tf.reshape(x, [-1]), shifts[0] as number, 0), x.shape);
  const axes = numbersArgument(named).values;
  return axes.reduce((tensor, along, index) => rolled(tensor, shifts[index] ?? (shifts[0] as number), frontAxis(along, x.rank)), x);
});

function rolled(x: tf.Tensor, shift: number, along: number): tf.Tensor {
  const size = x.shape[along] as number;
  const by = size === 0 ? 0 : ((shift % size) + size) % size;
  if (by === 0) return x;
  const [head, tail] = tf.split(x, [size - by, by], along) as [tf.Tensor, tf.Tensor];
  return tf.concat([tail, head], along);
}

function pad(named: Named): tf.Tensor {
  const x = tensorOf(named["x"]);
  const sizes = sizesOf(named["paddings"]);
  const all =
    sizes.length === 1
      ? Array(2 * x.rank).fill(sizes[0])
      : sizes.length === 2
        ? Array.from({ length: 2 * x.rank }, (_, index) => sizes[index % 2])
        : sizes;
  if (all.length !== 2 * x.rank) throw new Error(`its paddings are for ${all.length / 2} axes, got ${formatShape(x.shape)}`);
  const padding = x.shape.map((_, index) => [all[2 * index] as number, all[2 * index + 1] as number] as [number, number]);
  const mode = String(named["mode"] ?? "constant").toLowerCase();
  if (mode === "reflect" || mode === "symmetric") return tf.mirrorPad(x, padding, mode);
  return tf.pad(x, padding, numberArgument(named["constant_values"], 0));
}

/** What repeats the numbers of a tensor, moves them round, or puts a rim about them. */
export const REPEATING: { [name: string]: OperationRow } = {
  tile: operation("x|input repeats|multiples", ({ x, repeats }) => tiled(tensorOf(x), sizesOf(repeats))),
  repeat,
  roll,
  pad: operation("x|tensor|input paddings|pad_width mode constant_values", pad),
};
