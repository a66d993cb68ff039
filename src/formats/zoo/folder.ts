import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

const INDEX = join("media", "zoo", "index.json");

/** Folder of the shipped configs, found upward from this module: it runs from `src/formats/zoo` in tests and from `dist` when bundled. */
export function zooFolder(): string {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    if (existsSync(join(folder, INDEX))) return join(folder, dirname(INDEX));
    if (folder === dirname(folder)) throw new Error(`the installation is incomplete: ${INDEX} is not above ${__dirname}`);
  }
}
