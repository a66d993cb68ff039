import { MathBackendCPU } from "@tensorflow/tfjs-backend-cpu";
import {
  type backend_util,
  getKernel,
  type KernelConfig,
  type NamedAttrMap,
  type NamedTensorInfoMap,
  type TensorInfo,
  util,
} from "@tensorflow/tfjs-core";
import { sameShape } from "../../model";
import { asShapeError, ShapeError } from "./error";
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

/** Kernels that rightly refuse some numbers: an index out of bounds, shapes that do not broadcast. */
const JUDGES_NUMBERS = new Set([
  "BroadcastArgs",
  "GatherNd",
  "GatherV2",
  "ScatterNd",
  "SparseReshape",
  "SparseToDense",
  "TensorScatterUpdate",
]);

/**
 * Runs the cpu backend's kernel on known numbers, with `specs` as the rule foretells the outputs. Null where there is no
 * such kernel, or where it fails or errs: that of tfjs 4.22 forgets sums in some Einsum equations, and cannot count
 * the axis of Cumsum from the back.
 * @throws ShapeError where the kernel refuses the numbers.
 */
export function fold(
  kernel: string,
  inputs: NamedTensorInfoMap,
  attrs: NamedAttrMap | undefined,
  specs: TensorSpec | TensorSpec[] | null,
): FoldedTensor | FoldedTensor[] | null {
  const foretold = specs === null ? null : [specs].flat();
  if (foretold?.every(({ shape }) => shape.includes(0)))
    return Array.isArray(specs) ? foretold.map(emptied) : emptied(foretold[0] as TensorSpec);
  const config = getKernel(kernel, "cpu");
  if (config === undefined) return null;
  try {
    const result = runOnScratch(config, inputs, attrs);
    const fits = foretold === null || [result].flat().every(({ shape }, i) => sameShape(shape, foretold[i]?.shape ?? []));
    return fits ? result : null;
  } catch (error) {
    // Other kernels fail for want of a feature; then only the numbers stay unknown.
    if (foretold !== null && !JUDGES_NUMBERS.has(kernel)) return null;
    throw asShapeError(error);
  }
}

/** No numbers need no kernel; the cpu backend fails on some. */
function emptied(spec: TensorSpec): FoldedTensor {
  return { ...spec, values: util.getArrayFromDType(spec.dtype, 0) as backend_util.BackendValues };
}

function runOnScratch(config: KernelConfig, inputs: NamedTensorInfoMap, attrs: NamedAttrMap = {}): FoldedTensor | FoldedTensor[] {
  // A scratch backend for each fold: nothing to dispose of afterwards, and never the current backend.
  const scratch = new MathBackendCPU();
  scratch["firstUse"] = false; // else tfjs advertises tfjs-node on the console
  lend(scratch, inputs);
  const outputs = config.kernelFunc({ inputs, attrs, backend: scratch });
  const take = (output: TensorInfo) => takeBack(config.kernelName, scratch, output);
  return Array.isArray(outputs) ? outputs.map(take) : take(outputs);
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
