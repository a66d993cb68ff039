import { styleText } from "node:util";
import type { Headline } from "../model";

/** How text is set off: by what it means, not by which colour. */
export type Style = (text: string) => string;
export type Palette = Record<"title" | "quiet" | "broadcast" | "failed" | "unknown" | "passed" | "code", Style>;

const plain: Style = (text) => text;
const NO_COLOUR: Palette = { title: plain, quiet: plain, broadcast: plain, failed: plain, unknown: plain, passed: plain, code: plain };
const COLOUR: Palette = {
  title: (text) => styleText("bold", text),
  quiet: (text) => styleText("dim", text),
  broadcast: (text) => styleText(["bold", "yellow"], text),
  failed: (text) => styleText(["bold", "red"], text),
  unknown: (text) => styleText("gray", text),
  passed: (text) => styleText("bold", text),
  code: (text) => styleText("cyan", text),
};

/** Where text goes: what is known of the stream and of the wishes in the environment. */
export interface Paper {
  /** Characters a line; null where lines may be as long as they like (a pipe or a file). */
  width: number | null;
  palette: Palette;
}

export function paperFor(stream: { isTTY?: boolean; columns?: number }, env: NodeJS.ProcessEnv): Paper {
  const columns = Number(env["COLUMNS"]) || stream.columns || 80;
  return { width: stream.isTTY ? Math.max(30, columns) : null, palette: wantsColour(stream, env) ? COLOUR : NO_COLOUR };
}

/** @see https://no-color.org and https://force-color.org */
function wantsColour(stream: { isTTY?: boolean }, env: NodeJS.ProcessEnv): boolean {
  if (env["NO_COLOR"]) return false;
  const forced = env["FORCE_COLOR"];
  if (forced !== undefined) return forced !== "0" && forced !== "false";
  return stream.isTTY === true && env["TERM"] !== "dumb";
}

export const toneStyle = (palette: Palette, tone: Headline["tone"]): Style => palette[tone];
