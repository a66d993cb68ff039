import type { DataType } from "@tensorflow/tfjs-core";
import { type JsonObject, type Layer, type Shape, UserError } from "../model";

/** Whether an input declares nothing, not even how many axes it has, as graphs of operations may. */
export const isOfAnyRank = ({ config, module }: Layer): boolean => module === "tensorflow" && config["batch_shape"] === null;

/** Shape that an InputLayer declares, batch first, in either generation's spelling; of one of any rank a single number's. */
export function declaredInput(layer: Layer): Shape {
  if (isOfAnyRank(layer)) return [];
  const { config } = layer;
  const shape = config["batch_shape"] ?? config["batch_input_shape"] ?? config["batchInputShape"];
  if (!Array.isArray(shape)) throw new UserError(`The input ${layer.id} does not say its shape, so nothing can be sent through the model.`);
  return shape.map((size) => (typeof size === "number" ? size : null));
}

/** dtype of an input as Keras names it. */
export function inputDtype({ config }: Layer): string {
  const dtype = config["dtype"];
  if (typeof dtype === "string") return dtype;
  const policy = dtype as JsonObject | null | undefined;
  const name = (policy?.["config"] as JsonObject | undefined)?.["name"];
  return typeof name === "string" ? name : "float32";
}

export function isInputLayer(layer: Layer): boolean {
  return layer.className === "InputLayer";
}

/** The dtype of tfjs that stands for one of Keras. */
export function tensorDtype(dtype: string): DataType {
  if (dtype.startsWith("bool")) return "bool";
  if (dtype === "string") return "string";
  return dtype.includes("int") ? "int32" : "float32";
}
