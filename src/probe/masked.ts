import type { Tensor } from "@tensorflow/tfjs-core";
import { followMasks, isOperation, type Masks } from "../layers";
import { boundCall } from "./bind";
import { atPlaces } from "./calls";
import type { Step } from "./prepared";

/** Runs the layer of a step on all that its call is given. `masks`: those of the tensors so far, null on an engine without numbers. */
export function runMasked({ node, layer, dataPlaces }: Step, tensors: Tensor[], kerasMajor: 2 | 3, masks: Masks | null): Tensor[] {
  const call = boundCall(node, tensors, atPlaces(tensors, dataPlaces));
  if (!masks) return layer.runner?.run(call) ?? [];
  const masked = { ...call, masks };
  const outputs = layer.runner?.run(masked) ?? [];
  // An operation may have the name of a layer.
  const className = isOperation(layer.layer, kerasMajor) ? "" : layer.layer.className;
  return followMasks({ className, config: layer.layer.config }, kerasMajor, masked, outputs);
}
