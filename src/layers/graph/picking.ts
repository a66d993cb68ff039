import type * as tf from "@tensorflow/tfjs-core";
import { knownValues } from "../../engines";
import type { OwnOperations } from "./own";

/** Which numbers are asked for, where that is known; TensorFlow refuses those that are not there, and tfjs gives others in their place. */
const known = (indices: tf.Tensor | undefined): number[] => Array.from((indices && knownValues(indices)) ?? []);

/** @throws Error where there is no such number along the axis */
function requireWithin(index: number, axis: number, { shape }: tf.Tensor): void {
  const size = shape[axis] ?? 0;
  if (index < 0 || index >= size) throw new Error(`it picks number ${index} along axis ${axis}, which has ${size}`);
}

/** Picking by numbers that are known, as the channels of an image often are. */
export const PICKING: OwnOperations = {
  GatherV2: (given, _node, _stores, plainly) => {
    const [x, indices, axes] = given as [tf.Tensor, tf.Tensor, tf.Tensor | undefined];
    const [written = 0] = known(axes);
    for (const index of known(indices)) requireWithin(index, written < 0 ? written + x.rank : written, x);
    return plainly(given);
  },
  GatherNd: (given, _node, _stores, plainly) => {
    const [x, indices] = given as [tf.Tensor, tf.Tensor];
    const depth = indices.shape.at(-1) ?? 1;
    for (const [place, index] of known(indices).entries()) requireWithin(index, place % depth, x);
    return plainly(given);
  },
};
