import { styleText } from "node:util";

/** How text is set off: by what it means, not by which colour. */
export type Style = (text: string) => string;
export type Palette = Record<"title" | "quiet" | "broadcast" | "departure" | "failed" | "unknown" | "passed" | "code", Style>;

const plain: Style = (text) => text;
const NO_COLOUR: Palette = {
  title: plain,
  quiet: plain,
  broadcast: plain,
  departure: plain,
  failed: plain,
  unknown: plain,
  passed: plain,
  code: plain,
};
// Whether there is colour at all has been decided by `wantsColour`: styleText shall not look at a stream of its own choice.
const set = (format: Parameters<typeof styleText>[0]): Style => {
  return (text) => styleText(format, text, { validateStream: false });
};
const COLOUR: Palette = {
  title: set("bold"),
  quiet: set("dim"),
  broadcast: set(["bold", "yellow"]),
  departure: set(["bold", "yellow"]),
  failed: set(["bold", "red"]),
  unknown: set("gray"),
  passed: set("bold"),
  code: set("cyan"),
};

/** Where text goes: what is known of the stream and of the wishes in the environment. */
export interface Paper {
  /** Characters a line; null where lines may be as long as they like (a pipe or a file). */
  width: number | null;
  palette: Palette;
}

export function paperFor(stream: { isTTY?: boolean; columns?: number }, env: NodeJS.ProcessEnv): Paper {
  const columns = Number(env["COLUMNS"]) || stream.columns || 80;
  return { width: stream.isTTY ? Math.max(40, columns) : null, palette: wantsColour(stream, env) ? COLOUR : NO_COLOUR };
}

/** @see https://no-color.org and https://force-color.org */
function wantsColour(stream: { isTTY?: boolean }, env: NodeJS.ProcessEnv): boolean {
  if (env["NO_COLOR"]) return false;
  const forced = env["FORCE_COLOR"];
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  return stream.isTTY === true && env["TERM"] !== "dumb";
}
