import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { setBackend } from "@tensorflow/tfjs-core";
import { borrowFromCpu } from "../borrowed";

/** What tfjs calls its WebAssembly backend. */
export const WASM = "wasm";

/** Starts tfjs's WebAssembly engine. @throws Error where it cannot be started */
export async function startWasmEngine(): Promise<void> {
  const { setWasmPaths } = await import("@tensorflow/tfjs-backend-wasm");
  setWasmPaths(`${binaries()}/`);
  if (!(await setBackend(WASM))) throw new Error("tfjs's WebAssembly engine could not be started");
  borrowFromCpu(WASM);
}

/** The folder of the compiled engine: beside the bundle, or in the package where nothing is bundled. */
function binaries(): string {
  const beside = join(__dirname, "wasm");
  if (existsSync(beside)) return beside;
  const require = createRequire(join(__dirname, "engine.js"));
  return dirname(require.resolve("@tensorflow/tfjs-backend-wasm"));
}
