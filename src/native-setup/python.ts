import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isObject, UserError } from "../model";
import { runTool, type Workshop } from "./run-tool";

/** TensorFlow as a Python has it. */
export interface PythonTensorflow {
  python: string;
  version: string;
  /** The package's folder: libraries and `include`. */
  folder: string;
}

/** TensorFlow's C library in the wheels of PyPI, and what it is linked to. */
export const LIBRARIES = ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"] as const;

/** Finds the package without importing it, which would take seconds. */
const FIND = `
import importlib.util, json, os
from importlib.metadata import distributions
spec = importlib.util.find_spec("tensorflow")
names = {"tensorflow", "tensorflow-cpu", "tensorflow-intel", "tensorflow-cpu-aws"}
versions = [d.version for d in distributions() if (d.metadata["Name"] or "").lower().replace("_", "-") in names]
print(json.dumps({"folder": os.path.dirname(spec.origin) if spec and spec.origin else None, "version": (versions or [None])[0]}))
`;

/** Interpreters to ask, in this order: the named one alone, else the environment's and those on the PATH. */
export function interpreters(named: string | undefined): string[] {
  if (named) return [named];
  const own = process.env["LAYERSCOPE_PYTHON"];
  return [...(own ? [own] : []), "python3", "python"];
}

/** The first interpreter's TensorFlow that has a C library to link to. @throws UserError that tells what each of them lacks */
export async function findTensorflow(named: string | undefined, workshop: Workshop): Promise<PythonTensorflow> {
  const lacks: string[] = [];
  for (const python of interpreters(named)) {
    const found = await askFor(python, workshop);
    if (typeof found !== "string") return found;
    lacks.push(found);
  }
  throw new UserError(
    `No Python here has a TensorFlow to link to: ${lacks.join("; ")}. Name one that has (--python PATH), or take another way (--from download or wheel).`,
  );
}

async function askFor(python: string, workshop: Workshop): Promise<PythonTensorflow | string> {
  let told: unknown;
  try {
    told = JSON.parse(await runTool([python, "-c", FIND], { folder: tmpdir(), what: "be asked for TensorFlow" }, workshop));
  } catch (error) {
    workshop.signal.throwIfAborted();
    return `${python} does not run (${(error as Error).message.replace(/\.$/, "")})`;
  }
  const { folder, version } = isObject(told) ? told : {};
  if (typeof folder !== "string" || typeof version !== "string") return `${python} has no TensorFlow`;
  const missing = [...LIBRARIES, join("include", "tensorflow", "c", "c_api.h")].find((file) => !existsSync(join(folder, file)));
  if (missing) return `TensorFlow ${version} of ${python} brings no ${missing}`;
  return { python, version, folder };
}
