import type { Json } from "../model";
import { FormatError } from "./format-error";

/** No real model nests deeper than some dozens; readers of the parsed value may therefore recurse. */
const MAX_DEPTH = 400;
/** A layer's config has some dozens of values; parsed, each takes about twenty times the memory of its text. */
const MAX_VALUES = 2_000_000;
const COMMA = 0x2c;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

/**
 * JSON as Python writes it: `NaN` and `Infinity`, which JSON lacks, become `null` (they occur as unused constants only).
 * @throws FormatError where the text is not JSON or nests deeper than 400 levels, or has more than two million values
 */
export function parseJson(text: string): Json {
  requireModest(text);
  try {
    return JSON.parse(text) as Json;
  } catch {
    return parsePythonJson(text);
  }
}

function requireModest(text: string): void {
  let depth = 0;
  let values = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (OPENING.has(code)) {
      depth++;
      values++;
    } else if (CLOSING.has(code)) depth--;
    else if (code === COMMA) values++;
    if (depth > MAX_DEPTH) throw new FormatError(`its JSON nests deeper than ${MAX_DEPTH} levels, which no model does`);
    if (values > MAX_VALUES) throw new FormatError(`its JSON has more than ${MAX_VALUES / 1e6} million values, which no model has`);
  }
}

/** Index of the quote that closes the string opened at `start`; the text's length where none does. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text.charCodeAt(end - 1 - slashes) === BACKSLASH) slashes++;
    if (slashes % 2 === 0) return end;
  }
  return text.length;
}

function parsePythonJson(text: string): Json {
  try {
    return JSON.parse(text.replace(/"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g, (part) => (part.startsWith('"') ? part : "null"))) as Json;
  } catch (error) {
    const reason = error instanceof Error ? error.message.replace(/\s+/g, " ").slice(0, 120) : "unreadable";
    throw new FormatError(`it is not valid JSON (${reason})`);
  }
}
