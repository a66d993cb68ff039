import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { PROJECT } from "./places";

/** The packaged extension: the one that is there, unless the build or the manifest is newer. */
export function packagedExtension(): string {
  const vsix = join(PROJECT, "layerscope.vsix");
  const made = existsSync(vsix) ? statSync(vsix).mtimeMs : 0;
  if (made > newestPart()) return vsix;
  const packed = spawnSync("npm", ["run", "--silent", "package"], { cwd: PROJECT, encoding: "utf8" });
  if (packed.status !== 0) throw new Error(`The extension could not be packaged:\n${packed.stdout}${packed.stderr}`);
  return vsix;
}

function newestPart(): number {
  const dist = join(PROJECT, "dist");
  const built = existsSync(dist) ? readdirSync(dist, { recursive: true, encoding: "utf8" }).map((name) => join(dist, name)) : [];
  return Math.max(...[join(PROJECT, "package.json"), ...built].map((path) => statSync(path).mtimeMs));
}
