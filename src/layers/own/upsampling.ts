import * as tf from "@tensorflow/tfjs-core";
import { formatShape } from "../../model";
import { integers, isChannelsFirst, text } from "../config";
import { type Definition, define } from "../define";
import { interpolated } from "../operations/resizing";
import type { LayerTable } from "../row";
import { mapSpatial, withChannelsLast } from "./layout";

interface UpsamplingOptions {
  factors: number[];
  isFirst: boolean;
  interpolation: string;
  /** tf_keras asks for the size of images as they come, so one open axis leaves both of them open. */
  isTraced: boolean;
  /** tf_keras takes lines and volumes apart step by step, and refuses to where there is none. */
  needsSteps: boolean;
}

const upsampling = (rank: number): Definition<UpsamplingOptions> => ({
  options: (config, { kerasMajor }) => ({
    factors: integers(config, rank === 1 ? (config["size"] === undefined ? "length" : "size") : "size", rank, 2),
    isFirst: isChannelsFirst(config),
    interpolation: text(config, "interpolation", "nearest"),
    isTraced: rank === 2 && kerasMajor === 2,
    needsSteps: rank !== 2 && kerasMajor === 2,
  }),
  // That of tf_keras for volumes forgets to ask.
  rule: ({ needsSteps }) => (rank === 3 && needsSteps ? {} : { rank: rank + 2 }),
  declare: ({ factors, isFirst, isTraced }, first) => {
    const isOpen = isTraced && (isFirst ? first.slice(2) : first.slice(1, -1)).includes(null);
    return mapSpatial(first, isFirst, (size, axis) => (size === null || isOpen ? null : size * (factors[axis] as number)));
  },
  run: ({ factors, isFirst, interpolation, needsSteps }, x) => {
    if (needsSteps && x.size === 0) throw new Error(`there is nothing to repeat in ${formatShape(x.shape)}`);
    return withChannelsLast(isFirst, x, (last) => (rank === 2 ? resized(last, factors, interpolation) : repeated(last, factors)));
  },
});

function resized(x: tf.Tensor, [high = 1, wide = 1]: number[], interpolation: string): tf.Tensor {
  const [, height = 0, width = 0] = x.shape;
  const size: [number, number] = [height * high, width * wide];
  return interpolated(x as tf.Tensor4D, size, interpolation);
}

/** Each step as often as the factor says, one after the other. */
function repeated(x: tf.Tensor, factors: number[]): tf.Tensor {
  return factors.reduce((tensor, factor, index) => {
    const axis = index + 1;
    const shape = tensor.shape;
    const spread = tf.tile(tf.expandDims(tensor, axis + 1), [
      ...shape.slice(0, axis + 1).map(() => 1),
      factor,
      ...shape.slice(axis + 1).map(() => 1),
    ]);
    return tf.reshape(spread, [...shape.slice(0, axis), (shape[axis] as number) * factor, ...shape.slice(axis + 1)]);
  }, x);
}

export const UPSAMPLINGS: LayerTable = {
  UpSampling1D: define(upsampling(1)),
  UpSampling2D: define(upsampling(2)),
  UpSampling3D: define(upsampling(3)),
};
