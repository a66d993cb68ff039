import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { config } from "@vscode/l10n";

/**
 * File of the texts in a language, found upward from this module: it runs from `src/language` in tests and from `dist` when bundled. Null for
 * English, which needs none, and for languages that nobody has translated to. `language`: as VS Code names it, `zh-cn`.
 */
export function textsFile(language: string): string | null {
  // The name becomes part of a path.
  const names = /^[a-z]+(-[a-z0-9]+)*$/.test(language) ? new Set([language, language.replace(/-.*/, "")]) : [];
  for (const name of names) {
    const file = name === "en" ? null : above(join("l10n", `bundle.l10n.${name}.json`));
    if (file !== null) return file;
  }
  return null;
}

/** Makes `t` speak this language from now on. English, which is in the code, costs nothing. */
export function speak(language: string): void {
  const file = textsFile(language);
  if (file !== null) config({ fsPath: file });
}

function above(path: string): string | null {
  for (let folder = __dirname; ; folder = dirname(folder)) {
    if (existsSync(join(folder, path))) return join(folder, path);
    if (folder === dirname(folder)) return null;
  }
}
