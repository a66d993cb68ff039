import * as tf from "@tensorflow/tfjs-core";
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
