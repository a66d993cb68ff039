import { type AppendedLayer, isObject, type Json, type JsonObject, type Shape } from "../../model";

/** The options that are written without their names, in Keras's order; others have them. */
const POSITIONAL: readonly [classes: RegExp, options: readonly string[]][] = [
  [/^(Dense|LSTM|GRU|SimpleRNN)$/, ["units"]],
  [/^(Separable|Locally)?Conv(olution)?\d/, ["filters", "kernel_size"]],
  [/^DepthwiseConv/, ["kernel_size"]],
  [/Dropout/, ["rate"]],
  [/^(TimeDistributed|Bidirectional|SpectralNormalization)$/, ["layer"]],
  [/^Reshape$/, ["target_shape"]],
  [/^Permute$/, ["dims"]],
  [/^RepeatVector$/, ["n"]],
  [/^Activation$/, ["activation"]],
  [/^Rescaling$/, ["scale"]],
];

/** A value as Python writes it; lists become tuples, which Keras takes wherever it takes lists, and objects of Keras's calls. */
export function pythonLiteral(value: Json): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  // What JSON escapes in a text, Python reads back the same.
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number") return String(value);
  if (Array.isArray(value)) return `(${value.map(pythonLiteral).join(", ")}${value.length === 1 ? "," : ""})`;
  const { module, class_name: className, config } = value;
  if (typeof module === "string" && typeof className === "string" && isObject(config))
    return `${module}.${layerCall({ className, config })}`;
  const items = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${pythonLiteral(item)}`);
  return `{${items.join(", ")}}`;
}

/** `GlobalAveragePooling2D()`, `Dense(9, activation="softmax")`. */
export function layerCall({ className, config }: AppendedLayer): string {
  const first = (POSITIONAL.find(([classes]) => classes.test(className))?.[1] ?? []).filter((name) => Object.hasOwn(config, name));
  const rest = Object.keys(config).filter((name) => !first.includes(name));
  const options = [...first.map((name) => written(config, name)), ...rest.map((name) => `${name}=${written(config, name)}`)];
  return `${className}(${options.join(", ")})`;
}

const written = (config: JsonObject, name: string): string => pythonLiteral(config[name] as Json);

/** A Keras input for one sample of this shape, batch first: `keras.Input((160, 160, 3))`. */
export function inputCall(shape: Shape, { name, dtype }: { name?: string; dtype: string }): string {
  const options = [pythonLiteral(shape.slice(1)), ...(name ? [`name=${pythonLiteral(name)}`] : [])];
  return `keras.Input(${[...options, ...(dtype === "float32" ? [] : [`dtype=${pythonLiteral(dtype)}`])].join(", ")})`;
}
