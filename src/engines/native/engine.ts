import { createRequire } from "node:module";
import { join } from "node:path";
import * as util from "node:util";
import { setBackend } from "@tensorflow/tfjs-core";
import { borrowFromCpu } from "../borrowed";
import { nativeFolders } from "./place";

/** What tfjs-node calls its backend. */
export const NATIVE_BACKEND = "tensorflow";

/** Loads @tensorflow/tfjs-node. @throws Error with the reason where its native library is not there or does not load */
export async function startNativeEngine(): Promise<void> {
  const broken: string[] = [];
  for (const folder of nativeFolders()) {
    const reason = load(folder);
    if (reason !== null) {
      if (!ABSENT.test(reason)) broken.push(reason);
      continue;
    }
    if (!(await setBackend(NATIVE_BACKEND))) throw new Error("TensorFlow's native library loaded, but could not be started");
    borrowFromCpu(NATIVE_BACKEND);
    return;
  }
  const state = broken.length > 0 ? `cannot be loaded (${broken.join("; ")})` : "is not there";
  throw new Error(
    `TensorFlow's native library ${state}; set it up with: layerscope native, or in VS Code with Layerscope: Set Up Native TensorFlow`,
  );
}

/** How Node says that there is no tfjs-node, and tfjs-node that it came without its library. */
const ABSENT = /^(Cannot find module '@tensorflow\/tfjs-node'|The Node\.js native addon module \(tfjs_binding\.node\) can not be found)/;

/** tfjs-node, once it is started; null before. */
let tfjsNode: unknown = null;

/** What tfjs-node offers besides a backend. @throws Error where it has not been started */
export function startedTfjsNode<T>(): T {
  if (tfjsNode === null) throw new Error("TensorFlow's native library has not been started");
  return tfjsNode as T;
}

/** Requires tfjs-node as it lies below a folder; the reason where that fails. */
function load(folder: string): string | null {
  // Node 24 lacks a function that tfjs-node calls.
  const patched = util as { isNullOrUndefined?: (value: unknown) => boolean };
  patched.isNullOrUndefined ??= (value) => value === null || value === undefined;
  process.env["TF_CPP_MIN_LOG_LEVEL"] ??= "2"; // else TensorFlow greets on standard error
  try {
    quietly(() => {
      tfjsNode = createRequire(join(folder, "package.json"))("@tensorflow/tfjs-node");
    });
    return null;
  } catch (error) {
    return String((error as Error).message).split("\n")[0] as string;
  }
}

/** It brings a tfjs-core of its own, which says that there is one already; they share what they register. */
function quietly(work: () => void): void {
  const { warn } = console;
  console.warn = () => {};
  try {
    work();
  } finally {
    console.warn = warn;
  }
}
