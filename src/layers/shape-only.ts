import { type DataType, engine, type NamedTensorMap, type Tensor } from "@tensorflow/tfjs-core";
import { SHAPE_ONLY, UnknownNumbers } from "../engines";
import { hasNumbers } from "./masks";

/**
 * What comes of `inputs` where tfjs has no operation for it, such as the hashing of strings: a tensor of this shape without numbers.
 * Check the inputs before, as no kernel will. Only the engine `shapes` has its kernel.
 * @throws UnknownNumbers on an engine with numbers
 */
export function shapeOnly(inputs: readonly Tensor[], shape: readonly number[], dtype: DataType = "float32"): Tensor {
  if (hasNumbers())
    throw new UnknownNumbers("TensorFlow.js has no operation for what it computes: its shape is known, its numbers are not");
  const named: NamedTensorMap = Object.fromEntries(inputs.map((input, index) => [`x${index}`, input]));
  return engine().runKernel(SHAPE_ONLY, named, { shape: shape.slice(), dtype });
}
