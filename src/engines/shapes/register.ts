import { getBackend, type KernelFunc, registerKernel, setBackend, type TensorInfo } from "@tensorflow/tfjs-core";
import { SHAPES, type ShapesBackend, shapesBackend } from "./backend";
import { UnknownNumbers } from "./error";
import { allKnown, type FoldedTensor, fold } from "./fold";
import { ALL_ROWS } from "./kernels";
import { Contents, isKeepable } from "./known";
import { OWN_ROWS } from "./own-kernels";
import type { KernelRow, TensorSpec } from "./row";

let registered = false;

/** Registers the backend `shapes` with tfjs once and makes it the current one. Synchronous. */
export function useShapesEngine(): void {
  shapesBackend();
  if (!registered)
    for (const row of [...ALL_ROWS, ...OWN_ROWS])
      registerKernel({ kernelName: row.kernel, backendName: SHAPES, kernelFunc: kernelOf(row) });
  registered = true;
  // A promise only in form: for a backend that is made without waiting, tfjs has switched when the call returns.
  // It goes through all kernels of all backends each time, so it is asked only where that changes something.
  if (getBackend() !== SHAPES) void setBackend(SHAPES);
}

function kernelOf({ kernel, rule, folds }: KernelRow): KernelFunc {
  return ({ inputs, attrs, backend }) => {
    const specs = rule(inputs, attrs);
    const isFoldable = folds && allKnown(inputs) && (specs === null || areKeepable(specs));
    const outputs = (isFoldable ? fold(kernel, inputs, attrs, specs) : null) ?? specs;
    if (outputs === null) {
      throw new UnknownNumbers(`${kernel}: the shape of its output depends on numbers, which the engine \`shapes\` does not know`);
    }
    return make(backend as ShapesBackend, outputs, SHARING.has(kernel) ? (inputs["x"] ?? null) : null);
  };
}

function areKeepable(specs: TensorSpec | TensorSpec[]): boolean {
  return Array.isArray(specs) ? specs.every(areKeepable) : isKeepable(specs.shape, specs.dtype);
}

type MaybeFolded = TensorSpec & Partial<FoldedTensor>;

/** Kernels whose output is their input seen otherwise: engines with numbers copy nothing. (A cast to its own type does on WebAssembly.) */
const SHARING = new Set(["ExpandDims", "Identity", "Reshape"]);

/** Every output has contents of its own, also where tfjs would share them: that is how a tensor's origin can be told. */
function make(backend: ShapesBackend, specs: MaybeFolded | MaybeFolded[], shared: TensorInfo | null): TensorInfo | TensorInfo[] {
  return Array.isArray(specs) ? specs.map((spec) => makeOne(backend, spec, null)) : makeOne(backend, specs, shared);
}

function makeOne(backend: ShapesBackend, spec: MaybeFolded, shared: TensorInfo | null): TensorInfo {
  const { shape, dtype, values } = spec;
  const original = shared?.dtype === dtype && shared.dataId instanceof Contents ? shared.dataId : null;
  return { dataId: backend.allocate(values ?? null, spec, original), shape, dtype };
}
