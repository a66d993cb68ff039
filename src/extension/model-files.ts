import { isObject } from "../model";

/** Files that are models by their name; the content decides when they are opened. */
export const MODEL_GLOB = "**/{*.h5,*.hdf5,*.keras,*.pb,model.json}";
/** Folders with nobody's own models. */
export const IGNORED_GLOB = "**/{node_modules,.git,.venv,venv,site-packages,__pycache__}/**";
/** Most models that lists show; more than that are found by typing a path. */
export const MODEL_LIMIT = 500;
/** Largest model that is carried over from a file system which is not this machine's, in bytes. */
export const CARRIED_BYTES = 512 * 2 ** 20;

/** What TensorFlow writes beside a SavedModel, or about a run. */
const BESIDE_MODELS = /^(keras_metadata|fingerprint|.*\.xplane|.*\.trace|.*hlo_proto)\.pb$/;

/** Whether a file with this name may be a model. */
export function isModelName(name: string): boolean {
  return (/\.(h5|hdf5|keras|pb)$/i.test(name) && !BESIDE_MODELS.test(name)) || name === "model.json";
}

/** The last part of a path. */
export const fileName = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

/** The file that a SavedModel is known by; the folder has the model's name. */
export const SAVED_MODEL = "saved_model.pb";

/** The shards that a tfjs `model.json` names, only such as lie in its folder; empty where it is something else. */
export function shardPaths(json: string): string[] {
  const manifest = weightsManifest(json);
  const paths = manifest.flatMap((group) => (isObject(group) && Array.isArray(group["paths"]) ? group["paths"] : []));
  return paths.filter((path): path is string => typeof path === "string" && isInside(path));
}

function weightsManifest(json: string): unknown[] {
  try {
    const parsed: unknown = JSON.parse(json);
    return isObject(parsed) && Array.isArray(parsed["weightsManifest"]) ? parsed["weightsManifest"] : [];
  } catch {
    return []; // not JSON: the helper says so in its own words
  }
}

function isInside(path: string): boolean {
  return path !== "" && !/^([/\\]|[a-z]+:)/i.test(path) && !path.split(/[/\\]/).includes("..");
}
