import { elementCount, isObject, type Json, type JsonObject, type Work } from "../../model";
import { normal, seeded } from "./chance";

interface Drawing {
  shape: readonly number[];
  config: JsonObject;
  next: () => number;
}

type Draw = (drawing: Drawing) => () => number;

const number = (config: JsonObject, key: string, fallback: number): number => (typeof config[key] === "number" ? config[key] : fallback);
const constant =
  (value: number): Draw =>
  () =>
  () =>
    value;

/** Fan in and fan out as Keras counts them: a kernel's last two axes are channels, those before its window. */
function fans(shape: readonly number[]): [number, number] {
  if (shape.length < 2) return [shape[0] ?? 1, shape[0] ?? 1];
  const window = elementCount(shape.slice(0, -2));
  return [window * (shape.at(-2) as number), window * (shape.at(-1) as number)];
}

/** @see Keras `VarianceScaling`: variance `scale / n`. */
function scaling(scale: number, mode: string, distribution: string): Draw {
  return ({ shape, next }) => {
    const [fanIn, fanOut] = fans(shape);
    const n = mode === "fan_in" ? fanIn : mode === "fan_out" ? fanOut : (fanIn + fanOut) / 2;
    const deviation = Math.sqrt(scale / Math.max(1, n));
    if (distribution === "uniform") return () => (2 * next() - 1) * Math.sqrt(3) * deviation;
    // Cut at two deviations, which takes this much of the spread away.
    return truncated(normal(next), distribution === "untruncated_normal" ? Number.POSITIVE_INFINITY : 2, deviation / 0.87962566103423978);
  };
}

const truncated =
  (draw: () => number, limit: number, deviation: number, mean = 0) =>
  (): number => {
    let value = draw();
    while (Math.abs(value) > limit) value = draw();
    return mean + value * deviation;
  };

/** One row an initializer, by Keras's class name. */
const INITIALIZERS: { [className: string]: Draw } = {
  Zeros: constant(0),
  Ones: constant(1),
  Constant: ({ config }) => constant(number(config, "value", 0))({} as Drawing),
  RandomUniform:
    ({ config, next }) =>
    () =>
      number(config, "minval", -0.05) + next() * (number(config, "maxval", 0.05) - number(config, "minval", -0.05)),
  RandomNormal: ({ config, next }) =>
    truncated(normal(next), Number.POSITIVE_INFINITY, number(config, "stddev", 0.05), number(config, "mean", 0)),
  TruncatedNormal: ({ config, next }) => truncated(normal(next), 2, number(config, "stddev", 0.05), number(config, "mean", 0)),
  VarianceScaling: (drawing) =>
    scaling(
      number(drawing.config, "scale", 1),
      String(drawing.config["mode"] ?? "fan_in"),
      String(drawing.config["distribution"] ?? ""),
    )(drawing),
  GlorotUniform: scaling(1, "fan_avg", "uniform"),
  GlorotNormal: scaling(1, "fan_avg", "truncated_normal"),
  HeUniform: scaling(2, "fan_in", "uniform"),
  HeNormal: scaling(2, "fan_in", "truncated_normal"),
  LecunUniform: scaling(1, "fan_in", "uniform"),
  LecunNormal: scaling(1, "fan_in", "truncated_normal"),
};

/** What a weight starts as where its config names no initializer, by the last words of its name. */
const BY_NAME: [RegExp, string][] = [
  [/(bias|beta|mean|count|seed)$/, "Zeros"],
  [/(gamma|variance|scale)$/, "Ones"],
];

/**
 * Seeded numbers for a weight that has none, of the distribution that its layer's config declares (`kernel_initializer`);
 * initializers without a row here (orthogonal, identity) count as Glorot's. Large weights are drawn in turns.
 */
export function* initialNumbers(config: JsonObject, name: string, shape: readonly number[], seed: number): Work<Float32Array> {
  const plain = name.slice(name.lastIndexOf("/") + 1);
  const declared = declaredInitializer(config, plain);
  const className = declared?.className ?? BY_NAME.find(([pattern]) => pattern.test(plain))?.[1] ?? "GlorotUniform";
  const draw = INITIALIZERS[className] ?? INITIALIZERS["GlorotUniform"];
  const element = (draw as Draw)({ shape, config: declared?.config ?? {}, next: seeded(seed) });
  const numbers = new Float32Array(elementCount(shape));
  for (let begin = 0; begin < numbers.length; begin += PIECE) {
    const end = Math.min(begin + PIECE, numbers.length);
    for (let index = begin; index < end; index++) numbers[index] = element();
    yield;
  }
  return numbers;
}

/** How many numbers are drawn before others get a turn: some milliseconds' worth. */
const PIECE = 2 ** 17;

function declaredInitializer(config: JsonObject, weight: string): { className: string; config: JsonObject } | null {
  const keys = [weight, weight.replace(/_kernel$/, ""), weight.replace(/_weights?$/, "")].map((stem) => `${stem}_initializer`);
  const written: Json | undefined = keys.map((key) => config[key]).find((value) => isObject(value) || typeof value === "string");
  if (typeof written === "string") return { className: classOfText(written), config: {} };
  if (!isObject(written) || typeof written["class_name"] !== "string") return null;
  return { className: written["class_name"], config: isObject(written["config"]) ? written["config"] : {} };
}

/** Old names of initializers, where they are not the class's. */
const TEXTS: { readonly [text: string]: string } = { normal: "RandomNormal", uniform: "RandomUniform", one: "Ones", zero: "Zeros" };

/** `he_normal` is `HeNormal`. */
function classOfText(text: string): string {
  if (Object.hasOwn(TEXTS, text)) return TEXTS[text] as string;
  return text.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
}
