import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/** The browser to test with: the environment's CHROMIUM, else the first one on the PATH. Null where there is none. */
export function findChromium(): string | null {
  const asked = process.env["CHROMIUM"];
  if (asked) return asked;
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return folders.flatMap((folder) => NAMES.map((name) => join(folder, name))).find((path) => existsSync(path)) ?? null;
}
