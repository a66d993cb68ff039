import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { TFJS_NODE } from "../engines/native/place";
import { LIBRARIES, type PythonTensorflow } from "./python";
import { runTool, type Workshop } from "./run-tool";

/** Headers of Node's interface for addons, which is the same in every Node since 20: one build serves them all. */
const NODE_HEADERS = "node-api-headers@1";
const NODE_API = 8;

/** Installs tfjs-node below `folder` without its install script, which is what downloads the native library. */
export async function installPackage(folder: string, workshop: Workshop): Promise<void> {
  writeFileSync(join(folder, "package.json"), '{ "name": "layerscope-native", "private": true }\n');
  const quiet = ["--no-fund", "--no-audit", "--no-update-notifier", "--no-package-lock", "--omit=dev", "--loglevel=error"];
  await runTool(
    ["npm", "install", "--ignore-scripts", ...quiet, `@tensorflow/tfjs-node@${TFJS_NODE}`, NODE_HEADERS],
    { folder, what: "install @tensorflow/tfjs-node" },
    workshop,
  );
}

/** Lets the package download TensorFlow and its addon by its own install script. */
export async function downloadAddon(folder: string, workshop: Workshop): Promise<void> {
  await runTool(
    ["npm", "rebuild", "@tensorflow/tfjs-node", "--foreground-scripts", "--loglevel=error"],
    { folder, what: "download TensorFlow's native library" },
    workshop,
  );
}

/**
 * Compiles the package's addon against a TensorFlow. `libraries`: the folder that it will load the C library from, as it is seen from
 * `deps/lib` where it lies beside the package, else absolute.
 */
export async function compileAddon(
  folder: string,
  { folder: tensorflow }: PythonTensorflow,
  libraries: string,
  workshop: Workshop,
): Promise<void> {
  const tfjs = join(folder, "node_modules", "@tensorflow", "tfjs-node");
  const [places, addon] = [join(tfjs, "deps", "lib"), join("lib", `napi-v${NODE_API}`)];
  for (const made of [places, join(tfjs, addon)]) mkdirSync(made, { recursive: true });
  for (const library of LIBRARIES) symlinkSync(join(libraries, library), join(places, library));
  const headers = ["..", join(tensorflow, "include"), join(folder, "node_modules", "node-api-headers", "include")];
  await runTool(
    [
      "c++",
      ...["-std=c++17", "-O2", "-fPIC", "-shared", `-DNAPI_VERSION=${NODE_API}`],
      ...headers.map((path) => `-I${path}`),
      ...["binding/tfjs_backend.cc", "binding/tfjs_binding.cc", "-o", join(addon, "tfjs_binding.node")],
      ...[`-L${places}`, ...LIBRARIES.map((library) => `-l:${library}`), "-Wl,-rpath,$ORIGIN/../../deps/lib"],
    ],
    { folder: tfjs, what: "compile the addon of @tensorflow/tfjs-node" },
    workshop,
  );
}
