import type { Tensor } from "@tensorflow/tfjs-core";
import { followMasks, isOperation, type Masks, type Stores } from "../layers";
import { boundCall } from "./bind";
import { atPlaces } from "./calls";
import type { Step } from "./prepared";

/** What a run keeps beside the tensors themselves. */
interface Beside {
  /** Null on an engine without numbers. */
  masks: Masks | null;
  stores?: Stores;
}

/** Runs the layer of a step on all that its call is given. `masks`: those of the tensors so far. */
export function runMasked({ node, layer, dataPlaces }: Step, tensors: Tensor[], kerasMajor: 2 | 3, { masks, stores }: Beside): Tensor[] {
  // An operation of a graph knows no masks.
  if (layer.layer.operation) return layer.runner?.run({ tensors, args: tensors, kwargs: {}, ...(stores ? { stores } : {}) }) ?? [];
  const call = boundCall(node, tensors, atPlaces(tensors, dataPlaces));
  if (!masks) return layer.runner?.run(call) ?? [];
  const masked = { ...call, masks };
  const outputs = layer.runner?.run(masked) ?? [];
  // An operation may have the name of a layer.
  const className = isOperation(layer.layer, kerasMajor) ? "" : layer.layer.className;
  return followMasks({ className, config: layer.layer.config }, kerasMajor, masked, outputs);
}
