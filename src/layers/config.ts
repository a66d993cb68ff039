import { isObject, type Json, type JsonObject, type Shape } from "../model";

/** A config value as a whole number. @throws Error that names the key */
export function integer(config: JsonObject, key: string, fallback?: number): number {
  const value = config[key] ?? fallback;
  if (typeof value !== "number" || !Number.isInteger(value)) throw new Error(`its ${key} is not a whole number`);
  return value;
}

export function number(config: JsonObject, key: string, fallback: number): number {
  const value = config[key] ?? fallback;
  if (typeof value !== "number") throw new Error(`its ${key} is not a number`);
  return value;
}

export function boolean(config: JsonObject, key: string, fallback: boolean): boolean {
  const value = config[key] ?? fallback;
  return value === true;
}

export function text(config: JsonObject, key: string, fallback: string): string {
  const value = config[key] ?? fallback;
  return typeof value === "string" ? value : fallback;
}

/** `3` or `[3, 3]` as a list of `count` whole numbers of at least `least`. */
export function integers(config: JsonObject, key: string, count: number, fallback?: Json, least = 1): number[] {
  const value = config[key] ?? fallback;
  const list = Array.isArray(value) ? value : Array(count).fill(value);
  const isFit = list.length === count && list.every((item) => typeof item === "number" && Number.isInteger(item) && item >= least);
  if (!isFit) throw new Error(`its ${key} is not ${count === 1 ? "a whole number" : `${count} whole numbers`} of at least ${least}`);
  return list as number[];
}

/** Most tensors that one layer may cut another into. */
const MAX_PARTS = 65_536;

/** @throws Error where so many tensors would fill the memory */
export function requireFewParts(count: number): void {
  if (count > MAX_PARTS) throw new Error(`it makes ${count} parts, more than the ${MAX_PARTS} that are followed`);
}

/** `-1` or `[3]` as a list of axes. */
export function axesOf(config: JsonObject, key: string, fallback: number): number[] {
  const value = config[key] ?? fallback;
  const list = Array.isArray(value) ? value : [value];
  if (!list.every((item) => typeof item === "number" && Number.isInteger(item)))
    throw new Error(`its ${key} is not an axis or a list of axes`);
  return list as number[];
}

/** An axis counted from the front. @throws Error where the tensor has no such axis */
export function frontAxis(axis: number, rank: number): number {
  const front = axis < 0 ? axis + rank : axis;
  if (front < 0 || front >= rank) throw new Error(`it works along axis ${axis}, which a tensor of ${rank} axes does not have`);
  return front;
}

export function isChannelsFirst(config: JsonObject): boolean {
  return config["data_format"] === "channels_first";
}

/** Size of an axis that weights are made for. @throws Error where it is left open */
export function knownSize(shape: Shape, axis: number): number {
  const size = shape[frontAxis(axis, shape.length)];
  if (size === null || size === undefined) throw new Error(`axis ${axis} of its input has to be declared, as its weights depend on it`);
  return size;
}

/** Numbers from a scalar, a list, or lists of lists, with the shape they have; null where it is something else. */
export function numbersOf(value: Json | undefined): { shape: number[]; values: number[] } | null {
  if (typeof value === "number") return { shape: [], values: [value] };
  if (isObject(value) && value["class_name"] === "__numpy__" && isObject(value["config"])) return numbersOf(value["config"]["value"]);
  if (isObject(value) && value["class_name"] === "__tensor__" && isObject(value["config"])) return numbersOf(value["config"]["value"]);
  if (!Array.isArray(value)) return null;
  const parts = value.map(numbersOf);
  const first = parts[0];
  if (!first) return value.length === 0 ? { shape: [0], values: [] } : null;
  if (!parts.every((part) => part !== null && part.shape.join() === first.shape.join())) return null;
  return { shape: [value.length, ...first.shape], values: parts.flatMap((part) => part?.values ?? []) };
}
