import { type AppendedLayer, type JsonObject, nearest, UserError } from "../../model";
import { type PythonCall, type PythonExpression, type PythonName, readCalls } from "../../model/python";
import { argumentOf, type Place } from "./arguments";
import { classNamed, type KnownClass, namesOf, type ObjectGroup } from "./signatures";

/** What may stand before a name of Keras's: `tf.keras.layers.`, `layers.`, nothing. */
const PREFIX = /^(?:(?:tf|tensorflow)\.)?(?:(?:keras|tf_keras)\.)?(?:(?:layers|initializers|regularizers|constraints)\.)?(?=\w+$)/;

/** Arguments that every layer takes. */
const COMMON: readonly string[] = ["name", "trainable", "dtype", "activity_regularizer"];
/** What a layer is told that begins a model. */
const OF_FIRST_LAYERS: readonly string[] = ["input_shape", "batch_input_shape", "input_dim", "input_length"];

/**
 * Layers in a chain as Python calls them, read by what Keras of this generation takes; of each only what is written is in the config.
 * @throws UserError in a sentence that names what Keras does not have, and what it has that is near
 */
export function layersWritten(text: string, kerasMajor: 2 | 3): AppendedLayer[] {
  return readCalls(text).map((call) => {
    const layer = objectOf(call, "layers", kerasMajor);
    if (classNamed(layer.className, "layers", kerasMajor)?.takesSeveral)
      throw new UserError(`${layer.className} takes several tensors, and an appended layer gets one, so it cannot be appended.`);
    return layer;
  });
}

/** A layer, an initializer, a regularizer or a constraint of Keras's. @throws UserError */
export function objectOf(written: PythonCall | PythonName, group: ObjectGroup | "layers", kerasMajor: 2 | 3): AppendedLayer {
  const known = classWritten(written.name, group, kerasMajor);
  const call: PythonCall = written.kind === "call" ? written : { kind: "call", name: written.name, args: [], named: [] };
  const config: JsonObject = {};
  for (const [name, value] of boundArguments(call, known, group)) {
    const place: Place = { className: known.className, argument: name, kerasMajor, objectOf };
    config[name] = argumentOf(value, place);
  }
  const missing = known.required.find((name) => !Object.hasOwn(config, name));
  if (missing)
    throw new UserError(
      `${known.className} needs its argument ${missing}: ${known.className}(${known.required.map((name) => `${name}=…`).join(", ")}).`,
    );
  return { className: known.className, config };
}

/** @throws UserError */
function classWritten(written: string, group: ObjectGroup | "layers", kerasMajor: 2 | 3): KnownClass {
  const name = written.replace(PREFIX, "");
  const known = classNamed(name, group, kerasMajor);
  if (known) return known;
  const near = nearest(name, namesOf(group, kerasMajor));
  const what = group.slice(0, -1);
  const article = /^[aeiou]/.test(what) ? "an" : "a";
  throw new UserError(
    `${written} is not ${article} ${what} of Keras ${kerasMajor}${near ? `; did you mean ${near}?` : " that can be appended."}`,
  );
}

/** Each argument under its name. @throws UserError */
function boundArguments({ args, named }: PythonCall, known: KnownClass, group: ObjectGroup | "layers"): [string, PythonExpression][] {
  const { className, names } = known;
  if (args.length > names.length) throw new UserError(tooMany(className, names, args));
  const bound = args.map((value, place): [string, PythonExpression] => [names[place] as string, value]);
  const all = group === "layers" ? [...names, ...COMMON] : names;
  for (const [name, value] of named) {
    if (!all.includes(name)) throw new UserError(unknownArgument(className, name, all));
    if (bound.some(([other]) => other === name)) throw new UserError(`${className} is given ${name} twice; give it once.`);
    bound.push([name, value]);
  }
  return bound;
}

function tooMany(className: string, names: readonly string[], args: readonly PythonExpression[]): string {
  if (names.length === 0) return `${className} takes no arguments; write ${className}().`;
  return `${className} takes ${names.length} argument${names.length === 1 ? "" : "s"} (${names.join(", ")}), not ${args.length}.`;
}

function unknownArgument(className: string, name: string, all: readonly string[]): string {
  if (OF_FIRST_LAYERS.includes(name)) return `${className} is given ${name}, but it reads what stands before it; leave that out.`;
  const near = nearest(name, all);
  return `${className} has no argument ${name}; ${near ? `did you mean ${near}?` : `it has ${all.slice(0, 12).join(", ")}.`}`;
}
