import { type ConstructorCall, constructorRefusal, familyOf, type Shape, type ZooFacts } from "../../model";
import { pythonLiteral } from "../code/python";

/** Names of arguments in Python, in the order in which they are written. */
const NAMES: { readonly [name in keyof ConstructorCall]-?: string } = {
  includeTop: "include_top",
  weights: "weights",
  inputShape: "input_shape",
  inputTensor: "input_tensor",
  pooling: "pooling",
  classes: "classes",
  classifierActivation: "classifier_activation",
  alpha: "alpha",
  minimalistic: "minimalistic",
  depthMultiplier: "depth_multiplier",
};

/** `include_top=False, input_shape=(128, 128, 3)`; of `weights` Keras's default is left out, unless `isWhole`. */
export function callText(call: ConstructorCall, isWhole = false): string {
  return (Object.keys(NAMES) as (keyof ConstructorCall)[])
    .filter((name) => call[name] !== undefined && (isWhole || name !== "weights" || call.weights === null))
    .map((name) => {
      const value = pythonLiteral(call[name] ?? null);
      return `${NAMES[name]}=${name === "inputTensor" ? `keras.Input(${value})` : value}`;
    })
    .join(", ");
}

const OWN_CLASSES = 10;
const WIDTHS = [0.25, 0.35, 0.5, 0.75, 1.3];

/**
 * Calls of a Keras Application's function that people try, for a tensor of this height, width and number of channels: what the model was made
 * with first, and each only once.
 */
export function argumentCalls(zoo: ZooFacts, [height = 0, width = 0, channels = 0]: readonly number[]): ConstructorCall[] {
  const { includeTop, weights, documentedMinimum } = zoo;
  const own = { includeTop, weights };
  const pretrained = { includeTop: true, weights: "imagenet" } as const;
  const shape = [height, width, channels];
  const inColour = [height, width, 3];
  const open: Shape = [null, null, 3];
  const calls: ConstructorCall[] = [
    { ...own, inputShape: shape },
    ...[1, 2, 3, 4].map((count) => ({ ...own, inputShape: [height, width, count] })),
    ...(documentedMinimum ? [{ ...own, inputShape: [...documentedMinimum.map((side) => side - 1), 3] }] : []),
    { includeTop: !includeTop, weights, inputShape: inColour },
    { includeTop, weights: null, inputShape: shape },
    { includeTop: true, weights: null, inputShape: shape },
    { includeTop: false, weights },
    { includeTop: false, weights, inputShape: open },
    { includeTop: true, weights, inputShape: open },
    { ...own, inputTensor: shape },
    { ...pretrained, inputTensor: inColour },
    { ...pretrained, classes: OWN_CLASSES },
    { includeTop: true, weights: null, classes: OWN_CLASSES },
    { includeTop: false, weights, classes: OWN_CLASSES },
    { ...pretrained, pooling: "avg" },
    { ...pretrained, classifierActivation: "sigmoid" },
    { ...pretrained, classifierActivation: null },
    ...widthCalls(zoo),
  ];
  return calls.filter((call, index) => calls.findIndex((other) => callText(other) === callText(call)) === index);
}

/** Of families whose layers may be made narrower: a width that there are weights for, one that there are none for, and what else they have. */
function widthCalls(zoo: ZooFacts): ConstructorCall[] {
  const { has = [] } = familyOf(zoo.architecture);
  if (!has.includes("alpha")) return [];
  const base = { includeTop: false, weights: "imagenet" } as const;
  const isTaken = (alpha: number) => constructorRefusal(zoo, { ...base, alpha }) === null;
  const some = [WIDTHS.findLast(isTaken), WIDTHS.find((alpha) => !isTaken(alpha))].filter((alpha) => alpha !== undefined);
  return [
    ...some.map((alpha) => ({ ...base, alpha })),
    ...(has.includes("minimalistic") ? [1, 0.75].map((alpha) => ({ ...base, alpha, minimalistic: true })) : []),
    ...(has.includes("depthMultiplier") ? [{ ...base, depthMultiplier: 2 }] : []),
  ];
}

/** Why an argument changes nothing. */
export type Idle = "no top" | "top";

/** Whether an argument of the call changes nothing, although it is taken: what the top has without a top, pooling with one. */
export function idleArgument({ includeTop, classes, classifierActivation, pooling }: ConstructorCall): Idle | null {
  if (includeTop) return pooling ? "top" : null;
  return classes !== undefined || classifierActivation !== undefined ? "no top" : null;
}
