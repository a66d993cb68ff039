import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";

/** Stand-ins for the programs that a set-up runs, as shell scripts; `$*` are their words. */
const STAND_INS = {
  npm: `case "$1" in
install) mkdir -p node_modules/@tensorflow/tfjs-node node_modules/node-api-headers/include
  echo 'const t = { sub: () => t, sum: () => t, dataSync: () => [3, 2, 1] }; module.exports = { ones: () => t, tensor: () => t };' > node_modules/@tensorflow/tfjs-node/index.js ;;
esac`,
  "c++": `for word; do case "$before" in -o) : > "$word" ;; esac; before=$word; done`,
  python3: `case "$2" in
pip) case "$3" in download) : > tensorflow.whl ;; esac ;;
*importlib*) echo '{"folder": "FOLDER/tensorflow", "version": "2.21.0"}' ;;
*zipfile*) rm tensorflow.whl; mkdir include; : > libtensorflow_cc.so.2; : > libtensorflow_framework.so.2 ;;
esac`,
  python: "exit 1",
};
type Tool = keyof typeof STAND_INS;

/** A cache of its own and programs that do as they are told, until `restore`. */
export class Tools {
  readonly folder = mkdtempSync(join(tmpdir(), "layerscope-native-"));
  readonly cache = join(this.folder, "cache", "layerscope");
  readonly #before = { ...process.env };

  constructor() {
    const bin = join(this.folder, "bin");
    mkdirSync(bin);
    for (const file of ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2", "include/tensorflow/c/c_api.h"]) {
      const path = join(this.folder, "tensorflow", file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, "");
    }
    for (const [name, script] of Object.entries(STAND_INS)) this.put(name as Tool, script);
    process.env["PATH"] = `${bin}${delimiter}${process.env["PATH"]}`;
    process.env["XDG_CACHE_HOME"] = join(this.folder, "cache");
    delete process.env["LAYERSCOPE_PYTHON"];
  }

  /** From now on the program does this; every call of it is noted. */
  put(name: Tool, script: string): void {
    const path = join(this.folder, "bin", name);
    const body = script.replace("FOLDER", this.folder);
    writeFileSync(path, `#!/bin/sh\necho "${name} $1" >> "${join(this.folder, "calls")}"\n${body}\n`);
    chmodSync(path, 0o755);
  }

  /** Programs that were called, each with its first word. */
  get calls(): string[] {
    return readFileSync(join(this.folder, "calls"), "utf8").split("\n").filter(Boolean);
  }

  forgetCalls(): void {
    writeFileSync(join(this.folder, "calls"), "");
  }

  restore(): void {
    process.env = this.#before;
    rmSync(this.folder, { recursive: true, force: true });
  }
}
