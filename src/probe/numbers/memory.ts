import { totalmem } from "node:os";
import { type EngineName, type MemoryNeed, UserError } from "../../model";

/** Part of the machine's memory that a run may take unless somebody says otherwise. */
const SHARE = 0.7;
const MB = 2 ** 20;
/** What WebAssembly can address. */
const WASM_BYTES = 2 ** 32 - 2 ** 16;

/** The environment says it in megabytes; 0 or nothing leaves it to the machine. */
function memoryLimitBytes(engine: EngineName): number {
  const asked = Number(process.env["LAYERSCOPE_MEMORY_LIMIT_MB"] ?? 0) * MB;
  const container = process.constrainedMemory?.() ?? 0; // 0, or more than there is, where nothing constrains it
  const machine = container > 0 ? Math.min(container, totalmem()) : totalmem();
  const limit = asked > 0 ? asked : machine * SHARE;
  return engine === "wasm" ? Math.min(limit, WASM_BYTES) : limit;
}

/** @throws UserError that names what a run needs and what it may take, where that is less */
export function requireMemory(model: string, engine: EngineName, { weightsBytes, activationBytes }: MemoryNeed): void {
  const limit = memoryLimitBytes(engine);
  const needed = weightsBytes + activationBytes;
  if (needed <= limit) return;
  const advice =
    limit < WASM_BYTES || engine !== "wasm"
      ? "raise the limit (layerscope.numbers.memoryLimitMb, or LAYERSCOPE_MEMORY_LIMIT_MB)"
      : "use native";
  throw new UserError(
    `${model} needs ${gigabytes(needed)} on the engine ${engine} (${gigabytes(weightsBytes)} of weights, ${gigabytes(activationBytes)} of activations at once), more than the ${gigabytes(limit)} that it may take; choose a smaller probe or ${advice}.`,
  );
}

const gigabytes = (bytes: number): string => (bytes < 1e8 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`);
