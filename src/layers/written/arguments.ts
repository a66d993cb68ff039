import { type AppendedLayer, type Json, type JsonObject, nearest, UserError } from "../../model";
import type { PythonCall, PythonExpression, PythonName } from "../../model/python";
import { activationsOf, classNamed, type ObjectGroup, textsOf } from "./signatures";

/** An argument of a class, and how an object in it is read. */
export interface Place {
  className: string;
  argument: string;
  kerasMajor: 2 | 3;
  objectOf: (written: PythonCall | PythonName, group: ObjectGroup | "layers", kerasMajor: 2 | 3) => AppendedLayer;
}

type Read = (value: PythonExpression, place: Place) => Json;

/** What an argument takes besides plain values, by its name. */
const ROWS: readonly [argument: RegExp, read: Read][] = [
  [/^(recurrent_)?activation$/, activation],
  [/_initializer$/, objectOrText("initializers")],
  [/_regularizer$/, objectOrText("regularizers")],
  [/_constraint$/, objectOrText("constraints")],
  [/^(layer|backward_layer)$/, layer],
  [/^cell$/, cell],
  [/^cells$/, layers],
  [/^dtype$/, dtype],
];

/** The value of an argument as Keras writes it into a config. @throws UserError where Keras takes no such value there */
export function argumentOf(value: PythonExpression, place: Place): Json {
  const read = ROWS.find(([pattern]) => pattern.test(place.argument))?.[1] ?? plain;
  return value === null ? null : read(value, place);
}

const isWritten = (value: PythonExpression): value is PythonCall | PythonName =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const lastOf = (name: string): string => name.slice(name.lastIndexOf(".") + 1);

function plain(value: PythonExpression, place: Place): Json {
  if (Array.isArray(value)) return value.map((item) => plain(item, place));
  if (!isWritten(value)) return value;
  const { className, argument, kerasMajor } = place;
  const name = lastOf(value.name);
  if (classNamed(name, "layers", kerasMajor))
    throw new UserError(
      `${className} wraps no layer, so ${name} cannot stand in its ${argument}; write one behind the other: ${name}(…)|${className}(…).`,
    );
  throw new UserError(`The ${argument} of ${className} is ${value.name}, which is computed elsewhere; write its value.`);
}

/** A layer of the config as Keras writes it, with the place where its class is found. */
const objectWritten = (group: ObjectGroup | "layers", { className, config }: AppendedLayer): JsonObject => ({
  module: `keras.${group}`,
  class_name: className,
  config,
  registered_name: null,
});

function layer(value: PythonExpression, place: Place): Json {
  const { className, argument, kerasMajor, objectOf } = place;
  if (isWritten(value)) return objectWritten("layers", objectOf(value, "layers", kerasMajor));
  throw new UserError(`The ${argument} of ${className} has to be a layer, like ${className}(Dense(9)).`);
}

/** Several cells are stacked, as `RNN` does with a list. */
function cell(value: PythonExpression, place: Place): Json {
  if (!Array.isArray(value)) return layer(value, place);
  return objectWritten("layers", { className: "StackedRNNCells", config: { cells: layers(value, place) } });
}

function layers(value: PythonExpression, place: Place): Json {
  return (Array.isArray(value) ? value : [value]).map((item) => layer(item, place));
}

/** A name, a function of TensorFlow's (`tf.nn.relu`) or a layer. A layer's class as a text, which tf_keras takes, is that layer. */
function activation(value: PythonExpression, place: Place): Json {
  const { className, argument, kerasMajor, objectOf } = place;
  const names = activationsOf(kerasMajor);
  if (typeof value !== "string" && !isWritten(value)) throw new UserError(`The ${argument} of ${className} has to be a name, like "relu".`);
  const written = typeof value === "string" ? value : lastOf(value.name);
  const isPlainName = typeof value === "string" || value.kind === "name";
  if (isPlainName && names.includes(written)) return written;
  if (classNamed(written, "layers", kerasMajor))
    return objectWritten("layers", objectOf(typeof value === "string" ? { kind: "name", name: value } : value, "layers", kerasMajor));
  const near = nearest(written, names);
  throw new UserError(
    `The ${argument} of ${className} is ${JSON.stringify(written)}, which Keras ${kerasMajor} does not have${near ? `; did you mean "${near}"?` : "."}`,
  );
}

function objectOrText(group: ObjectGroup): Read {
  return (value, { className, argument, kerasMajor, objectOf }) => {
    if (isWritten(value)) return objectWritten(group, objectOf(value, group, kerasMajor));
    const names = textsOf(group, kerasMajor);
    if (typeof value === "string" && names.includes(value)) return value;
    const near = typeof value === "string" ? nearest(value, names) : undefined;
    throw new UserError(
      `The ${argument} of ${className} is ${JSON.stringify(value)}, which Keras ${kerasMajor} does not have${near ? `; did you mean "${near}"?` : "."}`,
    );
  };
}

/** `tf.float32` is a text too. */
function dtype(value: PythonExpression, place: Place): Json {
  return isWritten(value) && value.kind === "name" && /^(tf|tensorflow|np|numpy)\.\w+$/.test(value.name)
    ? lastOf(value.name)
    : plain(value, place);
}
