import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type BackendValues, type DataId, type DataStorage, engine, type KernelBackend, setBackend, util } from "@tensorflow/tfjs-core";
import { borrowFromCpu } from "../borrowed";
import { correctKernels } from "./corrections";

/** What tfjs calls its WebAssembly backend. */
export const WASM = "wasm";

/** Starts tfjs's WebAssembly engine. @throws Error where it cannot be started */
export async function startWasmEngine(): Promise<void> {
  const { setWasmPaths } = await import("@tensorflow/tfjs-backend-wasm");
  setWasmPaths(`${binaries()}/`);
  if (!(await setBackend(WASM))) throw new Error("tfjs's WebAssembly engine could not be started");
  readComplex();
  correctKernels();
  borrowFromCpu(WASM);
}

interface WasmBackend extends KernelBackend {
  wasm: { HEAPU8: Uint8Array };
  dataIdMap: DataStorage<{ dtype: string; shape: number[]; memoryOffset: number }>;
}

/** tfjs reads no complex numbers from there: they are pairs of floats. */
function readComplex(): void {
  const backend = engine().findBackend(WASM) as WasmBackend;
  const read = backend.readSync.bind(backend);
  backend.readSync = (dataId: DataId): BackendValues => {
    const { dtype, shape, memoryOffset } = backend.dataIdMap.get(dataId);
    if (dtype !== "complex64") return read(dataId);
    const bytes = util.sizeFromShape(shape) * util.bytesPerElement(dtype);
    return new Float32Array(backend.wasm.HEAPU8.slice(memoryOffset, memoryOffset + bytes).buffer);
  };
}

/** The folder of the compiled engine: beside the bundle, or in the package where nothing is bundled. */
function binaries(): string {
  const beside = join(__dirname, "wasm");
  if (existsSync(beside)) return beside;
  const require = createRequire(join(__dirname, "engine.js"));
  return dirname(require.resolve("@tensorflow/tfjs-backend-wasm"));
}
