import type { ConstructorCall, Shape } from "../../src/model";

/** A call as Python writes it; as the scripts beside scripts/answers/arguments.mjs ask it. */
export interface AskedCall {
  include_top: boolean;
  weights: "imagenet" | null;
  input_shape?: Shape | null;
  input_tensor?: Shape;
  pooling?: "avg";
  classes?: number;
  classifier_activation?: string | null;
  alpha?: number;
  minimalistic?: boolean;
  depth_multiplier?: number;
}

/** The same call as we have it. */
export function callOf(asked: AskedCall): ConstructorCall {
  const { include_top, weights, input_shape, input_tensor, classifier_activation, depth_multiplier, ...same } = asked;
  return {
    includeTop: include_top,
    weights,
    ...(input_shape ? { inputShape: input_shape } : {}),
    ...(input_tensor ? { inputTensor: input_tensor } : {}),
    ...(classifier_activation === undefined ? {} : { classifierActivation: classifier_activation }),
    ...(depth_multiplier === undefined ? {} : { depthMultiplier: depth_multiplier }),
    ...same,
  };
}
