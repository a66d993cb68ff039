import { startEngine, useEngine } from "../../src/engines";
import { whyNoNative } from "../numbers/native";
import { useCpu } from "./cpu";

/** The engine with numbers that a run of the tests is about: tfjs's cpu engine, or what test/engines/vitest.config.mts names. */
export const TESTED = (process.env["LAYERSCOPE_TESTED_ENGINE"] ?? "cpu") as "cpu" | "wasm" | "native";

/** Starts it. Why it cannot run here where that may be so: only the native engine may be missing, and not in CI. */
export async function startTested(): Promise<string | null> {
  if (TESTED === "native") return whyNoNative();
  if (TESTED === "wasm") await startEngine(TESTED);
  return null;
}

/** Makes it the current one. */
export function useTested(): void {
  if (TESTED === "cpu") useCpu();
  else useEngine(TESTED);
}
