import type { ZooFacts } from "./model";
import { formatShape, type Shape } from "./shape";

/** How the function of a Keras Application is called; what is left out has Keras's default. Shapes are without batch: height, width, channels. */
export interface ConstructorCall extends Pick<ZooFacts, "includeTop" | "weights"> {
  inputShape?: Shape;
  /** `input_tensor=keras.Input(…)`. */
  inputTensor?: Shape;
  pooling?: "avg" | "max";
  classes?: number;
  /** `null` is Python's `None`: logits. */
  classifierActivation?: string | null;
  alpha?: number;
  minimalistic?: boolean;
  depthMultiplier?: number;
}

/** Why a function of Keras Applications refuses a call: the rules, in the order in which they are checked. */
export type ConstructorRule =
  | "unknown argument"
  | "classes"
  | "width of the tensor"
  | "open sizes"
  | "default size"
  | "channels"
  | "minimum"
  | "open sizes with top"
  | "depth multiplier"
  | "alpha"
  | "activation";

/** `wanted`: what the rule would have, as people write it: `299×299×3`, `0.75, 1`; empty where there is nothing to write. */
export interface ConstructorRefusal {
  rule: ConstructorRule;
  wanted: string;
}

/** What a call that is taken comes to: what the model gives, or where Keras ends. */
export interface Constructed {
  /** Shape that comes out for a tensor of the size asked for, batch first; null where it ends before, or no size was asked for. */
  output: number[] | null;
  /** Shape of the input that it declares, batch first. */
  declared: Shape;
  parameters: number;
  ended: ConstructedEnd | null;
}

/**
 * `build`: a layer cannot be built; `run`: it is built, and cannot run; `weights`: a pretrained weight has another shape; `layers`: there are
 * other layers than the file has weights for.
 */
export type ConstructedEnd =
  | { at: "layers"; built: number; pretrained: number }
  | { at: "build" | "run"; layer: string; message: string }
  | { at: "weights"; layer: string; weight: string; pretrained: number[]; needed: number[] };

/** What a family's functions do otherwise than most. */
interface Family {
  matches: RegExp;
  /** Arguments that other functions do not have. */
  has?: readonly (keyof ConstructorCall)[];
  /** Sides of the squares that there are pretrained weights with a top for, where there are several. */
  squares?: readonly number[];
  /** Widths of the layers that there are pretrained weights for. */
  alphas?(call: ConstructorCall): readonly number[];
  /** Compares the widths of a shape and a tensor, where both are given. */
  comparesTensor?: true;
  /** Refuses open sizes with pretrained weights, as its layers would be others than those of the file: they depend on whether sizes are open. */
  refusesOpen?: true;
  /** Normalizes by ImageNet's means where the shape that it is told has three channels, and not at all where it has others. */
  normalizesThree?: true;
  /** `size`: looks at the size alone, and at that of a tensor too. `no weights`: takes pretrained weights for none when it looks at a shape. */
  looksAt?: "size" | "no weights";
}

const FAMILIES: readonly Family[] = [
  {
    matches: /^MobileNet$/,
    has: ["alpha", "depthMultiplier"],
    squares: [128, 160, 192, 224],
    alphas: () => [0.25, 0.5, 0.75, 1],
  },
  {
    matches: /^MobileNetV2$/,
    has: ["alpha"],
    squares: [96, 128, 160, 192, 224],
    alphas: () => [0.35, 0.5, 0.75, 1, 1.3, 1.4],
    comparesTensor: true,
  },
  {
    matches: /^MobileNetV3/,
    has: ["alpha", "minimalistic"],
    alphas: ({ minimalistic }) => (minimalistic ? [1] : [0.75, 1]),
    comparesTensor: true,
    looksAt: "size",
  },
  { matches: /^NASNet/, refusesOpen: true },
  // Its weights are called `imagenet-i224` when the shape is looked at, which the check does not know.
  { matches: /^ResNetRS/, looksAt: "no weights", normalizesThree: true },
  { matches: /^(ConvNeXt|EfficientNetV2B)/, normalizesThree: true },
];

/** What a function has of its own. */
export const familyOf = (architecture: string): Omit<Family, "matches"> => FAMILIES.find(({ matches }) => matches.test(architecture)) ?? {};

const SPECIAL = ["alpha", "minimalistic", "depthMultiplier"] as const;

/** What the rules want to know of an application. */
export type ConstructorFacts = Pick<ZooFacts, "architecture" | "defaultSize" | "documentedMinimum">;

type Check = (zoo: ConstructorFacts, call: ConstructorCall, family: Omit<Family, "matches">) => string | null;

/** A row a rule, in Keras's order: what it wants where it refuses, null where it does not. */
const RULES: { readonly [rule in ConstructorRule]: Check } = {
  "unknown argument": (_, call, { has = [] }) => (SPECIAL.some((name) => call[name] !== undefined && !has.includes(name)) ? "" : null),
  classes: (_, { includeTop, weights, classes = IMAGENET_CLASSES }) =>
    weights === "imagenet" && includeTop && classes !== IMAGENET_CLASSES ? String(IMAGENET_CLASSES) : null,
  "width of the tensor": (_, { inputShape, inputTensor }, { comparesTensor }) =>
    comparesTensor && inputShape && inputTensor && inputShape[1] !== inputTensor[1] ? String(inputTensor[1]) : null,
  "open sizes": (_, { weights, inputShape }, { refusesOpen }) =>
    refusesOpen && weights === "imagenet" && inputShape?.includes(null) ? "" : null,
  "default size": (zoo, { includeTop, inputShape, ...call }, family) => {
    if (!(includeTop && looksForPretrained(call, family) && inputShape)) return null;
    const allowed = topShapes(zoo, family);
    return allowed.includes(formatShape(inputShape)) ? null : allowed.join(", ");
  },
  channels: (_, { inputShape, ...call }, family) =>
    looksForPretrained(call, family) && inputShape && inputShape.at(-1) !== RGB ? String(RGB) : null,
  minimum: ({ documentedMinimum }, { inputShape, inputTensor }, { looksAt }) => {
    const [height = null, width = null] = (looksAt === "size" ? (inputShape ?? inputTensor) : inputShape) ?? [];
    if (documentedMinimum === null || (looksAt === "size" && (height === null || width === null))) return null;
    const isSmall = [height, width].some((side, axis) => side !== null && side < (documentedMinimum[axis] ?? 0));
    return isSmall ? formatShape(documentedMinimum) : null;
  },
  "open sizes with top": (_, { includeTop, inputShape }, { looksAt }) =>
    includeTop && looksAt !== "size" && inputShape?.includes(null) ? "" : null,
  "depth multiplier": (_, { weights, depthMultiplier = 1 }) => (weights === "imagenet" && depthMultiplier !== 1 ? "1" : null),
  alpha: (_, call, { alphas }) => {
    const allowed = alphas?.(call);
    return call.weights === "imagenet" && allowed && !allowed.includes(call.alpha ?? 1) ? allowed.join(", ") : null;
  },
  activation: (_, { includeTop, weights, classifierActivation = "softmax" }) =>
    weights === "imagenet" && includeTop && classifierActivation !== "softmax" && classifierActivation !== null ? "softmax, None" : null,
};

const IMAGENET_CLASSES = 1000;
const RGB = 3;

/** Whether the shape is looked at as one for pretrained weights. */
const looksForPretrained = ({ weights }: Pick<ConstructorCall, "weights">, { looksAt }: Omit<Family, "matches">): boolean =>
  weights === "imagenet" && looksAt === undefined;

const topShapes = ({ defaultSize }: ConstructorFacts, { squares }: Omit<Family, "matches">): string[] =>
  (squares ? squares.map((side) => [side, side]) : [defaultSize]).map((size) => formatShape([...size, RGB]));

/**
 * Why the function of a Keras Application refuses a call before it builds anything; null where it does not.
 * @see Keras Applications, `obtain_input_shape` and each function's first lines
 */
export function constructorRefusal(zoo: ConstructorFacts, call: ConstructorCall): ConstructorRefusal | null {
  const family = familyOf(zoo.architecture);
  for (const rule of Object.keys(RULES) as ConstructorRule[]) {
    const wanted = RULES[rule](zoo, call, family);
    if (wanted !== null) return { rule, wanted };
  }
  return null;
}

/**
 * The file of weights that the function loads when it is called with this shape; null where the model has none. Some families have weights for
 * several squares, and load those of 224 for all others.
 */
export function weightFileFor(
  { architecture, weightFile }: Pick<ZooFacts, "architecture" | "weightFile">,
  [height, width]: Shape,
): string | null {
  const isSquare = height === width && familyOf(architecture).squares?.includes(height as number);
  return isSquare ? (weightFile?.replace("_224", `_${height}`) ?? null) : weightFile;
}
