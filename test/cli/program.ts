import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as esbuild from "esbuild";
// @ts-expect-error a build script without types
import { bundleLater, LATER } from "../../scripts/bundle-later.mjs";

const ROOT = join(import.meta.dirname, "../..");

/** What a run of the program left. */
export interface Outcome {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** The program as it is now, bundled into a folder of its own, beside stand-ins for the files of the page. */
export class Program {
  readonly #folder: string;
  readonly #running = new Set<ChildProcess>();

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async build(): Promise<Program> {
    // Within the project, as the zoo is looked for upward from the bundle.
    const cache = join(ROOT, "node_modules/.cache/layerscope-tests");
    mkdirSync(cache, { recursive: true });
    const program = new Program(mkdtempSync(join(cache, "cli-")));
    try {
      await program.#bundle();
    } catch (error) {
      program.remove();
      throw error;
    }
    return program;
  }

  async #bundle(): Promise<void> {
    const later: Record<string, string> = {};
    const node: esbuild.BuildOptions = {
      absWorkingDir: ROOT,
      outdir: this.#folder,
      bundle: true,
      platform: "node",
      format: "cjs",
      target: "node20",
    };
    await esbuild.build({ ...node, entryPoints: { cli: "src/cli/main.ts", helper: "src/helper/main.ts" }, plugins: [bundleLater(later)] });
    await esbuild.build({ ...node, ...LATER, entryPoints: later });
    mkdirSync(join(this.#folder, "webview"));
    for (const file of ["view.js", "view.css", "layout-worker.js"]) writeFileSync(join(this.#folder, "webview", file), `/* ${file} */`);
  }

  /** A place for files of a test; gone with the program. */
  scratch(name: string): string {
    return join(this.#folder, name);
  }

  /** Starts `layerscope …words`. */
  start(words: readonly string[], env: NodeJS.ProcessEnv = {}, cwd = ROOT, stdout: "pipe" | number = "pipe"): ChildProcess {
    const { FORCE_COLOR: _force, NO_COLOR: _no, NODE_OPTIONS: _options, ...kept } = process.env;
    const child = spawn(process.execPath, [join(this.#folder, "cli.js"), ...words], {
      cwd,
      // Not the language of whoever runs the tests.
      env: { ...kept, LAYERSCOPE_LANGUAGE: "en", ...env },
      stdio: ["ignore", stdout, "pipe"],
    });
    this.#running.add(child);
    child.once("close", () => this.#running.delete(child));
    return child;
  }

  /** Runs it to its end. */
  run(words: readonly string[], env: NodeJS.ProcessEnv = {}, cwd?: string, stdout?: number): Promise<Outcome> {
    const child = this.start(words, env, cwd, stdout);
    const outcome: Outcome = { status: null, stdout: "", stderr: "" };
    child.stdout?.on("data", (text) => (outcome.stdout += text));
    child.stderr?.on("data", (text) => (outcome.stderr += text));
    return new Promise((resolve) => child.once("close", (status) => resolve({ ...outcome, status })));
  }

  remove(): void {
    for (const child of this.#running) child.kill("SIGKILL");
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
