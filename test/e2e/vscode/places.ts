import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";

/** The project's folder. */
export const PROJECT = resolve(import.meta.dirname, "../../..");
/** Screenshots of a run. */
export const PICTURES = join(PROJECT, "test-output", "vscode");

const BROWSERS = [process.env["CHROMIUM"], "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** A Chromium of this machine; null where there is none. */
export function browserPath(): string | null {
  return BROWSERS.find((path): path is string => path !== undefined && existsSync(path)) ?? null;
}

/** The folder of the VS Code server (see scripts/vscode/server.sh); null where it was not set up. */
export function serverFolder(): string | null {
  const folder = execFileSync(join(PROJECT, "scripts/vscode/server.sh"), ["--where"], { encoding: "utf8" }).trim();
  return existsSync(join(folder, ".vscode-recipe")) ? folder : null;
}
