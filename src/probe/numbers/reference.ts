import type * as tf from "@tensorflow/tfjs-core";
import { runSavedModel } from "../../engines";
import type { NumbersReport } from "../../model";
import type { PreparedModel } from "../prepared";

/** Entries that are functions rather than signatures are not to be had through TensorFlow's interface for JavaScript. */
const isSignature = (name: string): boolean => !name.includes("(");

/**
 * What TensorFlow itself gives for a SavedModel, fed with the same tensors: it knows nothing of how operations run here. Undefined where the
 * model is no SavedModel on this machine.
 */
export async function referenceOf({ model, inputs }: PreparedModel, tensors: readonly tf.Tensor[]): Promise<NumbersReport["reference"]> {
  const { savedModel, signatures } = model;
  const entry = signatures?.all.find(({ name }) => name === signatures.shown);
  if (!savedModel || !entry || !isSignature(entry.name)) return undefined;
  // Inputs stand in the order of the signature, under names of their own.
  const fed = Object.fromEntries(
    inputs.flatMap((_, index) => (tensors[index] ? [[entry.inputs[index] as string, tensors[index]] as const] : [])),
  );
  try {
    const shapes = await runSavedModel({ ...savedModel, signature: entry.name }, fed);
    return { outputs: entry.outputs.map((name) => shapes[name] ?? []) };
  } catch (error) {
    return { refused: String((error as Error).message).split("\n")[0] as string };
  }
}
