import { getBackend, setBackend } from "@tensorflow/tfjs-core";
import type { EngineName } from "../model";
import { NATIVE_BACKEND, startNativeEngine } from "./native/engine";
import { useShapesEngine } from "./shapes/register";
import { startWasmEngine } from "./wasm/engine";

/** One row an engine: how it is started, and what tfjs calls its backend. */
const ENGINES: { readonly [engine in EngineName]: { start(): Promise<void>; backend: string } } = {
  shapes: { start: async () => useShapesEngine(), backend: "shapes" },
  wasm: { start: startWasmEngine, backend: "wasm" },
  native: { start: startNativeEngine, backend: NATIVE_BACKEND },
};

const started = new Map<EngineName, Promise<void>>();

/** Makes an engine ready for `useEngine`, once; one that could not start is tried again. @throws Error where it cannot run here, with the reason */
export function startEngine(name: EngineName): Promise<void> {
  const starting = started.get(name) ?? ENGINES[name].start();
  started.set(name, starting);
  starting.catch(() => started.delete(name)); // it may be set up in the meantime
  return starting;
}

/** Switches to an engine that has been started. Synchronous. */
export function useEngine(name: EngineName): void {
  if (name === "shapes") useShapesEngine();
  // A promise only in form: an engine that has been started is current when the call returns.
  else if (getBackend() !== ENGINES[name].backend) void setBackend(ENGINES[name].backend);
}
