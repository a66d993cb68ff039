import type { AppendedLayer, Json, Shape } from "../model";

/** The options that Keras takes without their names. */
const POSITIONAL: { readonly [className: string]: string } = { Dense: "units", Permute: "dims" };

/** A value as Python writes it; lists become tuples, which Keras takes wherever it takes lists. */
export function pythonLiteral(value: Json): string {
  if (value === null) return "None";
  if (typeof value === "boolean") return value ? "True" : "False";
  // What JSON escapes in a text, Python reads back the same.
  if (typeof value === "string") return JSON.stringify(value);
  if (typeof value === "number") return String(value);
  if (Array.isArray(value)) return `(${value.map(pythonLiteral).join(", ")}${value.length === 1 ? "," : ""})`;
  const items = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${pythonLiteral(item)}`);
  return `{${items.join(", ")}}`;
}

/** `GlobalAveragePooling2D()`, `Dense(9, activation="softmax")`. */
export function layerCall({ className, config }: AppendedLayer): string {
  const first = POSITIONAL[className];
  const options = Object.entries(config).map(([name, value]) =>
    name === first ? pythonLiteral(value) : `${name}=${pythonLiteral(value)}`,
  );
  return `${className}(${options.join(", ")})`;
}

/** A Keras input for one sample of this shape, batch first: `keras.Input((160, 160, 3))`. */
export function inputCall(shape: Shape, { name, dtype }: { name?: string; dtype: string }): string {
  const options = [pythonLiteral(shape.slice(1)), ...(name ? [`name=${pythonLiteral(name)}`] : [])];
  return `keras.Input(${[...options, ...(dtype === "float32" ? [] : [`dtype=${pythonLiteral(dtype)}`])].join(", ")})`;
}
