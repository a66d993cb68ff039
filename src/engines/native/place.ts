import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** Version of @tensorflow/tfjs-node that layers are run with. */
export const TFJS_NODE = "4.22.0";

/** Where `npm run native` puts tfjs-node: in the user's cache, apart from this installation, so that an update does not lose it. */
export function nativeCache(): string {
  const cache = process.env["XDG_CACHE_HOME"] || join(homedir(), ".cache");
  return join(cache, "layerscope", `native-${TFJS_NODE}-${process.platform}-${process.arch}`);
}

/** Folders below which tfjs-node may lie: the one that the environment names, the cache, this installation's own. */
export function nativeFolders(): string[] {
  const named = process.env["LAYERSCOPE_NATIVE"];
  const candidates = [...(named ? [named] : []), nativeCache(), join(__dirname, "..")];
  return candidates.filter((folder) => folder === named || existsSync(folder));
}
