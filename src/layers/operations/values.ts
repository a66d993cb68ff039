import * as tf from "@tensorflow/tfjs-core";
import { knownValues, UnknownNumbers } from "../../engines";
import { isObject, type Json } from "../../model";
import { numbersOf } from "../config";
import type { Bound, DeclaredArgument } from "../row";
import { DeclaredTensor } from "../row";

/** An argument as a tensor: a tensor as it is, numbers as a constant of the dtype of `beside`. @throws Error where it is neither */
export function tensorOf(value: Bound | undefined, beside: tf.DataType = "float32"): tf.Tensor {
  if (value instanceof tf.Tensor) return value;
  if (typeof value === "boolean") return tf.scalar(value, "bool");
  const numbers = numbersOf(value as Json);
  if (numbers) return tf.tensor(numbers.values, numbers.shape, dtypeFor(numbers.values, beside));
  if (Array.isArray(value) && value.some((part) => part instanceof tf.Tensor)) return tf.stack(value.map((part) => tensorOf(part, beside)));
  throw new Error("it is given something else than numbers or tensors");
}

const dtypeFor = (values: number[], beside: tf.DataType): tf.DataType =>
  beside === "int32" && values.every(Number.isInteger) ? "int32" : "float32";

/** An argument as whole numbers. */
export const wholeOf = (value: Bound | undefined): tf.Tensor => tf.cast(tensorOf(value, "int32"), "int32");

/** Shape of an argument before anything runs. */
export function declaredShapeOf(value: DeclaredArgument | undefined): (number | null)[] {
  if (value instanceof DeclaredTensor) return value.shape;
  if (typeof value === "boolean") return [];
  const numbers = numbersOf(value as Json);
  if (!numbers) throw new Error("it is given something else than numbers or tensors");
  return numbers.shape;
}

/** A number or a list of numbers; null where it is left out. */
export function axesArgument(value: Bound | undefined): number[] | null {
  if (value === null || value === undefined) return null;
  const list = Array.isArray(value) ? value : [value];
  if (!list.every((item) => typeof item === "number" && Number.isInteger(item)))
    throw new Error("its axis is not a whole number or a list of them");
  return list as number[];
}

export function integerArgument(value: Bound | undefined, fallback: number): number {
  if (value === null || value === undefined) return fallback;
  if (typeof value === "number") return value;
  throw new Error("it is given something else than a number");
}

/** The name of a dtype, as a string or as an object that a config writes. */
export function dtypeArgument(value: Bound | undefined, fallback: tf.DataType): tf.DataType {
  const name = isObject(value) && typeof value["config"] === "string" ? value["config"] : value;
  if (typeof name !== "string") return fallback;
  if (name.startsWith("bool")) return "bool";
  return name.includes("int") ? "int32" : "float32";
}

/** Sizes that may themselves be computed by the model: numbers, tensors of known numbers, or a list of both. */
export function sizesOf(value: Bound | undefined): number[] {
  if (typeof value === "number") return [value];
  if (value === null) return [-1];
  if (Array.isArray(value)) return value.flatMap(sizesOf);
  if (value instanceof tf.Tensor) {
    const known = knownValues(value);
    if (known) return Array.from(known);
  }
  throw new UnknownNumbers("its sizes depend on numbers that are not known");
}

/** A number that changes what comes out, such as a slope. @throws Error where it is something else */
export function numberArgument(value: Bound | undefined, fallback: number): number {
  if (value === null || value === undefined) return fallback;
  if (typeof value === "number") return value;
  const known = value instanceof tf.Tensor ? knownValues(value) : null;
  if (known?.length === 1) return known[0] as number;
  throw new UnknownNumbers("it depends on a number that is not known");
}

/** Numbers that are known before anything runs, flat. @throws UnknownNumbers for those of a tensor that nobody has */
export function numbersArgument(value: Bound | undefined): { shape: number[]; values: number[] } {
  const numbers = numbersOf(value as Json);
  if (numbers) return numbers;
  const known = value instanceof tf.Tensor ? knownValues(value) : null;
  if (known) return { shape: (value as tf.Tensor).shape, values: Array.from(known) };
  throw new UnknownNumbers("it depends on numbers that are not known");
}

/** A list of tensors; a tensor by itself is a list of one. */
export function tensorsOf(value: Bound | undefined): tf.Tensor[] {
  return Array.isArray(value) ? value.map((part) => tensorOf(part)) : [tensorOf(value)];
}

/** Whether an argument is left out. */
export function isNone(value: unknown): value is null | undefined {
  return value === null || value === undefined;
}

/** Whether channels come first, as Keras (`channels_first`) or TensorFlow (`NCHW`) writes it. */
export function areChannelsFirst(format: unknown): boolean {
  return format === "channels_first" || (typeof format === "string" && format.startsWith("NC") && format !== "NWC");
}

/** Sizes before anything runs: open where the two stand-ins differ, or where nobody knows. */
export function declaredSizes(value: DeclaredArgument | undefined): (number | null)[] {
  if (typeof value === "number") return [value];
  if (Array.isArray(value)) return value.flatMap(declaredSizes);
  if (!(value instanceof DeclaredTensor)) return [null];
  const [one, other] = value.standIns ?? [];
  if (one && other) return one.map((size, index) => (size === other[index] ? size : null));
  const [count = null] = value.shape;
  if (value.shape.length === 0) return [null];
  if (count === null) throw new UnknownNumbers("how many sizes there are is not known");
  return Array(count).fill(null);
}
