import { runTool, type Workshop } from "./run-tool";

/** Loads tfjs-node as the engine `native` does, and lets it compute. */
const TRY = `
const util = require("node:util");
util.isNullOrUndefined ??= (value) => value === null || value === undefined;
const tf = require("@tensorflow/tfjs-node");
const sums = tf.ones([1, 2, 2, 1]).sub(tf.tensor([0.25, 0.5, 0.75], [1, 1, 1, 3])).sum([0, 1, 2]).dataSync();
if (String(Array.from(sums)) !== "3,2,1") throw new Error("it computes " + sums + " where 3,2,1 is right");
`;

/** Computes with the tfjs-node below a folder, in a process of its own. @throws UserError where it does not load, or computes wrongly */
export async function tryOut(folder: string, workshop: Workshop): Promise<void> {
  await runTool([process.execPath, "-e", TRY], { folder, what: "compute with TensorFlow's native library", env: NODE_ONLY }, workshop);
}

/** In VS Code the program is Electron, which has to be told to be Node. */
const NODE_ONLY = { ELECTRON_RUN_AS_NODE: "1", TF_CPP_MIN_LOG_LEVEL: "2" };
