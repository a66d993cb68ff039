/** Any text as Markdown that shows just that text: names of layers may hold markup, and are only names. */
export function escaped(text: string): string {
  return text
    .replace(/[\\`*_{}[\]()#+\-.!|~<>&$]/g, (mark) => ENTITIES[mark] ?? `\\${mark}`)
    .replace(/\s+/g, " ")
    .slice(0, 300);
}

const ENTITIES: { [mark: string]: string } = { "<": "&lt;", ">": "&gt;", "&": "&amp;" };

/** A name in the fixed-width face, whatever it holds. */
export function coded(text: string): string {
  const flat = text.replace(/\s+/g, " ").slice(0, 300);
  const longest = Math.max(0, ...[...flat.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = "`".repeat(longest + 1);
  const pad = flat.startsWith("`") || flat.endsWith("`") || flat === "" ? " " : "";
  return `${fence}${pad}${flat}${pad}${fence}`;
}
