import type { Node } from "@tensorflow/tfjs-converter/dist/operations/types";
import * as tf from "@tensorflow/tfjs-core";
import { shapeOnly } from "../shape-only";
import { booleanAttribute } from "./attributes";
import type { OwnOperations } from "./own";

const numberIn = (tensor: tf.Tensor | undefined): number => tensor?.dataSync()[0] ?? 0;

/** Boxes, scores, how many at most, and the two thresholds. */
function asked([boxes, scores, most, overlap, least]: tf.Tensor[]): [tf.Tensor2D, tf.Tensor1D, number, number, number] {
  return [
    boxes as tf.Tensor2D,
    scores as tf.Tensor1D,
    numberIn(most),
    numberIn(overlap),
    least ? numberIn(least) : Number.NEGATIVE_INFINITY,
  ];
}

function padded(inputs: tf.Tensor[], node: Node): tf.Tensor[] {
  const isPadded = booleanAttribute(node, "pad_to_max_output_size", false);
  const { selectedIndices, validOutputs } = tf.image.nonMaxSuppressionPadded(...asked(inputs), isPadded);
  return [selectedIndices as tf.Tensor, validOutputs as tf.Tensor];
}

function scored(inputs: tf.Tensor[], node: Node): tf.Tensor[] {
  const [boxes, scores, most, overlap, least] = asked(inputs);
  const { selectedIndices, selectedScores } = tf.image.nonMaxSuppressionWithScore(boxes, scores, most, overlap, least, numberIn(inputs[5]));
  const found = [selectedIndices, selectedScores] as tf.Tensor1D[];
  const count = found[0]?.size ?? 0;
  const all = booleanAttribute(node, "pad_to_max_output_size", false) ? found.map((each) => tf.pad1d(each, [0, most - count])) : found;
  return [...all, tf.scalar(count, "int32")];
}

/** Boxes of each image, of all classes together: as many as asked for, the rest zeros. @throws Error where boxes and scores are not as many */
function combined([boxes, scores, mostOfClass, most]: tf.Tensor[], node: Node): tf.Tensor[] {
  const [batch = 0, , classes = 0] = scores?.shape ?? [];
  const ofAll = numberIn(most);
  if (boxes?.shape[1] !== scores?.shape[1]) throw new Error(`it is given ${boxes?.shape[1]} boxes and the scores of ${scores?.shape[1]}`);
  const count = booleanAttribute(node, "pad_per_class", false) ? Math.min(ofAll, numberIn(mostOfClass) * classes) : ofAll;
  const from = [boxes, scores] as tf.Tensor[];
  const rows = [
    [batch, count, 4],
    [batch, count],
    [batch, count],
  ].map((shape) => shapeOnly(from, shape));
  return [...rows, shapeOnly(from, [batch], "int32")];
}

/** Those of the first that are not in the second, and where they are. */
function onlyInFirst([first, second]: tf.Tensor[]): tf.Tensor[] {
  const { dtype } = first as tf.Tensor;
  const others = new Set(Array.from(second?.dataSync() ?? []));
  const numbers = Array.from(first?.dataSync() ?? []);
  const places = numbers.flatMap((value, index) => (others.has(value) ? [] : [index]));
  const left = places.map((place) => numbers[place] as number);
  return [tf.tensor1d(left, dtype as "int32"), tf.tensor1d(places, "int32")];
}

/** Operations whose outputs are as large as numbers say: where nobody knows these, reading them says so. */
export const CHOSEN: OwnOperations = {
  NonMaxSuppressionV2: (inputs) => tf.image.nonMaxSuppression(...asked(inputs)),
  NonMaxSuppressionV3: (inputs) => tf.image.nonMaxSuppression(...asked(inputs)),
  NonMaxSuppressionV4: padded,
  NonMaxSuppressionV5: scored,
  CombinedNonMaxSuppression: combined,
  ListDiff: onlyInFirst,
  Where: ([condition]) => tf.kernel_impls.whereImpl((condition as tf.Tensor).shape, (condition as tf.Tensor).dataSync()),
};
