import { MathBackendCPU } from "@tensorflow/tfjs-backend-cpu";
import { type backend_util, getKernel, type NamedAttrMap, type NamedTensorInfoMap, type TensorInfo } from "@tensorflow/tfjs-core";
import { inShapeWords, ShapeError } from "./error";
import { knownValues } from "./known";
import type { TensorSpec } from "./row";

/** An output whose numbers were computed. */
export interface FoldedTensor extends TensorSpec {
  values: backend_util.BackendValues;
}

/** Whether the numbers of every input are known; true for a kernel without inputs. */
export function allKnown(inputs: NamedTensorInfoMap): boolean {
  for (const name in inputs) {
    const input: unknown = inputs[name];
    if (input != null && !isKnown(input as TensorInfo | TensorInfo[])) return false;
  }
  return true;
}

function isKnown(input: TensorInfo | TensorInfo[]): boolean {
  return Array.isArray(input) ? input.every(isKnown) : valuesOf(input) !== null;
}

/** As `knownValues`, strings included. */
function valuesOf(tensor: TensorInfo): backend_util.BackendValues | null {
  if (tensor.dtype !== "string") return knownValues(tensor) as backend_util.BackendValues | null;
  return (tensor.dataId as { values?: Uint8Array[] | null }).values ?? null;
}

/**
 * Runs the cpu backend's kernel on known numbers. Null where the cpu backend has no such kernel.
 * @throws ShapeError where the kernel refuses the numbers (an index out of bounds).
 */
export function foldConstants(
  kernel: string,
  inputs: NamedTensorInfoMap,
  attrs: NamedAttrMap | undefined,
): FoldedTensor | FoldedTensor[] | null {
  const config = getKernel(kernel, "cpu");
  if (config === undefined) return null;
  // A scratch backend for each fold: nothing to dispose of afterwards, and never the current backend.
  const scratch = new MathBackendCPU();
  scratch["firstUse"] = false; // else tfjs advertises tfjs-node on the console
  lend(scratch, inputs);
  const outputs = inShapeWords(() => config.kernelFunc({ inputs, attrs: attrs ?? {}, backend: scratch }));
  return Array.isArray(outputs) ? outputs.map((output) => takeBack(kernel, scratch, output)) : takeBack(kernel, scratch, outputs);
}

function lend(scratch: MathBackendCPU, inputs: NamedTensorInfoMap | TensorInfo[]): void {
  for (const input of Object.values(inputs) as (TensorInfo | TensorInfo[] | undefined)[]) {
    if (input == null) continue;
    if (Array.isArray(input)) lend(scratch, input);
    else scratch.move(input.dataId, valuesOf(input) as backend_util.BackendValues, input.shape, input.dtype, 1);
  }
}

function takeBack(kernel: string, scratch: MathBackendCPU, output: TensorInfo): FoldedTensor {
  if (output.dtype === "complex64") throw new ShapeError(`${kernel}: complex numbers are not computed by the engine \`shapes\``);
  return { shape: output.shape, dtype: output.dtype, values: scratch.readSync(output.dataId) };
}
