import { isObject, type Json, type JsonObject } from "../../model";
import written from "./signatures.json";

/** An argument: its name alone where it has to be given, else with what stands for it. */
type Argument = string | [name: string, standIn: Json];

interface Signature {
  /** In their order. */
  args: Argument[];
  /** Called with more than one tensor. */
  several?: boolean;
}

interface Classes {
  classes: { readonly [className: string]: Signature };
  /** Other names that Keras has for them. */
  aliases: { readonly [name: string]: string };
  /** Those that Keras takes as a text. */
  texts?: readonly string[];
}

/** What stands in a layer's arguments beside numbers and texts. */
export type ObjectGroup = "initializers" | "regularizers" | "constraints";

type Generation = { readonly [group in ObjectGroup | "layers"]: Classes } & { readonly activations: readonly string[] };

/** @see scripts/answers/signatures.py, which asks Keras */
const GENERATIONS = written as unknown as { readonly 2: Generation; readonly 3: Generation };

/** Names of the activations that Keras of this generation takes as texts. */
export const activationsOf = (kerasMajor: 2 | 3): readonly string[] => GENERATIONS[kerasMajor].activations;

/** Texts that stand for an object of the group. */
export const textsOf = (group: ObjectGroup, kerasMajor: 2 | 3): readonly string[] => GENERATIONS[kerasMajor][group].texts ?? [];

/** A class of Keras with its arguments. */
export interface KnownClass {
  className: string;
  names: readonly string[];
  required: readonly string[];
  takesSeveral: boolean;
}

/** The class of that name, or of which that is another name; null where Keras of this generation has none. */
export function classNamed(name: string, group: ObjectGroup | "layers", kerasMajor: 2 | 3): KnownClass | null {
  const { classes, aliases } = GENERATIONS[kerasMajor][group];
  const className = (Object.hasOwn(aliases, name) ? aliases[name] : undefined) ?? name;
  const signature = Object.hasOwn(classes, className) ? classes[className] : undefined;
  if (!signature) return null;
  return {
    className,
    names: signature.args.map(nameOf),
    required: signature.args.filter((argument) => typeof argument === "string"),
    takesSeveral: signature.several === true,
  };
}

/** All names of a group. */
export function namesOf(group: ObjectGroup | "layers", kerasMajor: 2 | 3): string[] {
  const { classes, aliases } = GENERATIONS[kerasMajor][group];
  return [...Object.keys(classes), ...Object.keys(aliases)];
}

/** The config with what it leaves out as Keras fills it in, layers inside included; that of a class that Keras does not have stays as it is. */
export function wholeConfig(className: string, config: JsonObject, kerasMajor: 2 | 3): JsonObject {
  const { classes } = GENERATIONS[kerasMajor].layers;
  const args = Object.hasOwn(classes, className) ? (classes[className] as Signature).args : [];
  const standIns = args.flatMap((argument) => (typeof argument === "string" ? [] : [argument]));
  const own = Object.entries(config).map(([name, value]) => [name, wholeInside(value, kerasMajor)]);
  return { ...Object.fromEntries(standIns), ...Object.fromEntries(own) };
}

function wholeInside(value: Json, kerasMajor: 2 | 3): Json {
  if (Array.isArray(value)) return value.map((item) => wholeInside(item, kerasMajor));
  if (!isObject(value) || value["module"] !== "keras.layers" || !isObject(value["config"])) return value;
  return { ...value, config: wholeConfig(String(value["class_name"]), value["config"], kerasMajor) };
}

const nameOf = (argument: Argument): string => (typeof argument === "string" ? argument : argument[0]);
