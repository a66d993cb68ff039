import type { Json, JsonObject, Shape } from "../../model";
import { FormatError, quoted } from "../format-error";

/** NumPy's and TensorFlow's limits are 64 and 254 axes; nothing real comes near. */
const MAX_AXES = 32;
const MAX_SIZE = 2 ** 31 - 1;

/** Shape with its batch axis that a layer declares for its input; null where it declares none.
 *  @throws FormatError for anything that no tensor can have; `owner` names the layer in its message */
export function declaredShape(config: JsonObject, owner: string): Shape | null {
  const withBatch = config["batch_shape"] ?? config["batch_input_shape"] ?? null;
  if (withBatch !== null) return checkedShape(withBatch, owner);
  const withoutBatch = config["shape"] ?? config["input_shape"] ?? null;
  return withoutBatch === null ? null : [null, ...checkedShape(withoutBatch, owner)];
}

/** @throws FormatError unless `json` is a list of sizes, `null` for open ones */
export function checkedShape(json: Json, owner: string): Shape {
  const sizes = unwrapTuple(json);
  if (!Array.isArray(sizes) || sizes.length > MAX_AXES || !sizes.every(isSize)) {
    throw new FormatError(`layer ${quoted(owner)} declares the shape ${quoted(JSON.stringify(json))}, which no tensor can have`);
  }
  return sizes as Shape;
}

/** Keras 3 writes some tuples as `{"class_name": "__tuple__", "items": […]}`. */
function unwrapTuple(json: Json): Json {
  return json !== null && typeof json === "object" && !Array.isArray(json) && json["class_name"] === "__tuple__"
    ? (json["items"] ?? null)
    : json;
}

function isSize(size: Json): boolean {
  return size === null || (typeof size === "number" && Number.isInteger(size) && size >= 0 && size <= MAX_SIZE);
}
