import * as tf from "@tensorflow/tfjs-core";
import { integers, isChannelsFirst, requireFewParts } from "../config";
import { type Definition, define } from "../define";
import type { LayerTable } from "../row";
import { mapSpatial, withChannelsLast } from "./layout";

interface AdaptiveOptions {
  sizes: number[];
  isFirst: boolean;
}

type Reduce = (x: tf.Tensor, axis: number) => tf.Tensor;

/** Pooling to a size that is given: window i of n runs from ⌊i·s/n⌋ to ⌈(i+1)·s/n⌉. */
const adaptive = (rank: number, reduce: Reduce): Definition<AdaptiveOptions> => ({
  options: (config) => ({ sizes: integers(config, "output_size", rank), isFirst: isChannelsFirst(config) }),
  rule: () => ({ rank: rank + 2 }),
  declare: ({ sizes, isFirst }, first) => mapSpatial(first, isFirst, (_, axis) => sizes[axis] as number),
  run: ({ sizes, isFirst }, x) =>
    withChannelsLast(isFirst, x, (last) => sizes.reduce((tensor, count, index) => along(tensor, index + 1, count, reduce), last)),
});

export function along(x: tf.Tensor, axis: number, count: number, reduce: Reduce): tf.Tensor {
  requireFewParts(count);
  const size = x.shape[axis] as number;
  // Keras pools with two windows, ⌈s/n⌉ and one more, whether or not it needs the second: so it refuses to pool all of an axis into one.
  const widest = Math.ceil(size / count) + 1;
  if (widest > size) throw new Error(`its window of ${widest} does not fit into ${size} along axis ${axis}`);
  const windows = Array.from({ length: count }, (_, index) => {
    const from = Math.floor((index * size) / count);
    const to = Math.ceil(((index + 1) * size) / count);
    const begin = x.shape.map((_, at) => (at === axis ? from : 0));
    return reduce(
      tf.slice(
        x,
        begin,
        x.shape.map((whole, at) => (at === axis ? to - from : whole)),
      ),
      axis,
    );
  });
  return tf.stack(windows, axis);
}

const mean: Reduce = (x, axis) => tf.mean(x, axis);
const max: Reduce = (x, axis) => tf.max(x, axis);

export const ADAPTIVE: LayerTable = {
  AdaptiveAveragePooling1D: define(adaptive(1, mean)),
  AdaptiveAveragePooling2D: define(adaptive(2, mean)),
  AdaptiveAveragePooling3D: define(adaptive(3, mean)),
  AdaptiveMaxPooling1D: define(adaptive(1, max)),
  AdaptiveMaxPooling2D: define(adaptive(2, max)),
  AdaptiveMaxPooling3D: define(adaptive(3, max)),
};
