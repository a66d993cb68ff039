import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { HeadCase } from "../../test/answers/head-cases";

/** Lays a case's files into a folder, for Keras to load. */
export function layFiles(home: string, files: ReturnType<HeadCase["files"]>): void {
  mkdirSync(home, { recursive: true });
  for (const [path, bytes] of files?.all ?? []) {
    // A SavedModel is a folder of the model's name.
    const place = join(home, files?.all.has("saved_model.pb") ? join(files.main, path) : path);
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, bytes);
  }
}
