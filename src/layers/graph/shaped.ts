import type * as tf from "@tensorflow/tfjs-core";
import { UnknownNumbers } from "../../engines";
import { shapeOnly } from "../shape-only";
import { booleanAttribute } from "./attributes";
import type { OwnOperation, OwnOperations } from "./own";

const numbersIn = (tensor: tf.Tensor | undefined): number[] => Array.from(tensor?.dataSync() ?? []);

const likeFirst: OwnOperation = ([x]) => shapeOnly([x as tf.Tensor], (x as tf.Tensor).shape, (x as tf.Tensor).dtype);

/** The first input says the shape. */
const ofShape: OwnOperation = ([shape]) => shapeOnly([shape as tf.Tensor], numbersIn(shape));

/** As many rows as the last of the sorted segments says. */
const bySegments: OwnOperation = ([x, segments]) =>
  shapeOnly([x, segments] as tf.Tensor[], [(numbersIn(segments).at(-1) ?? -1) + 1, ...(x as tf.Tensor).shape.slice(1)]);

/** Values, and vectors where they are asked for. */
const eigen: OwnOperation = ([x], node) => {
  const { shape } = x as tf.Tensor;
  const vectors = booleanAttribute(node, "compute_v", true) ? shape : [];
  return [shapeOnly([x as tf.Tensor], shape.slice(0, -1)), shapeOnly([x as tf.Tensor], vectors)];
};

/** Types of the same size; others turn an axis into bytes. @throws UnknownNumbers for those */
const asOtherType: OwnOperation = ([x], node) => {
  const type = node.rawAttrs?.["type"]?.type as unknown;
  if (type !== "DT_INT32" && type !== "DT_FLOAT" && type !== "DT_UINT32")
    throw new UnknownNumbers(`how many ${type} its numbers make is not followed`);
  return shapeOnly([x as tf.Tensor], (x as tf.Tensor).shape, type === "DT_FLOAT" ? "float32" : "int32");
};

const resized: OwnOperation = ([x, size]) => {
  const [batch = 0, , , channels = 0] = (x as tf.Tensor).shape;
  return shapeOnly([x, size] as tf.Tensor[], [batch, ...numbersIn(size), channels]);
};

/** Operations of which tfjs has none like it: what comes out is as large as TensorFlow says. */
export const SHAPED: OwnOperations = {
  Bitcast: asOtherType,
  FakeQuantWithMinMaxArgs: likeFirst,
  FakeQuantWithMinMaxVarsPerChannel: likeFirst,
  HistogramFixedWidth: ([, , count]) => shapeOnly([count as tf.Tensor], numbersIn(count), "int32"),
  MatrixInverse: likeFirst,
  QuantizeAndDequantizeV2: likeFirst,
  QuantizeAndDequantizeV3: likeFirst,
  QuantizeAndDequantizeV4: likeFirst,
  RandomShuffle: likeFirst,
  ResizeArea: resized,
  SegmentMax: bySegments,
  SegmentMean: bySegments,
  SegmentMin: bySegments,
  SegmentProd: bySegments,
  SelfAdjointEigV2: eigen,
  StatelessRandomGetKeyCounter: ([seed]) => [shapeOnly([seed as tf.Tensor], [1], "int32"), shapeOnly([seed as tf.Tensor], [2], "int32")],
  StatelessRandomNormalV2: ofShape,
  StatelessRandomUniformV2: ofShape,
  StatelessTruncatedNormalV2: ofShape,
};
