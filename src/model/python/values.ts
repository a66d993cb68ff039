import { pythonTokens, type Token } from "./tokens";

/** A Python value that can be read off the code; UNREAD is anything else. */
export type PythonValue = null | boolean | number | string | PythonValue[] | typeof UNREAD;
export const UNREAD: unique symbol = Symbol("unread");

const WORDS = new Map<string, PythonValue>([
  ["None", null],
  ["True", true],
  ["False", false],
]);
/** How many names may stand for one another: `a = b`, `b = a` ends. */
const DEPTH = 8;

/** Reads literals, tuples, lists, `+` of these, and names that `text` gives such a value at the start of a line. */
export function readValue(tokens: readonly Token[], text: string, depth = 0): PythonValue {
  const reader = { tokens, at: 0, text, depth };
  const value = readSum(reader);
  return reader.at === tokens.length ? value : UNREAD;
}

interface Reader {
  tokens: readonly Token[];
  at: number;
  text: string;
  depth: number;
}

function readSum(reader: Reader): PythonValue {
  let value = readOne(reader);
  while (reader.tokens[reader.at]?.text === "+" && value !== UNREAD) {
    reader.at++;
    value = added(value, readOne(reader));
  }
  return value;
}

function added(a: PythonValue, b: PythonValue): PythonValue {
  if (Array.isArray(a) && Array.isArray(b)) return [...a, ...b];
  return typeof a === "number" && typeof b === "number" ? a + b : UNREAD;
}

function readOne(reader: Reader): PythonValue {
  const token = reader.tokens[reader.at++];
  if (!token) return UNREAD;
  if (token.kind === "string") return token.text;
  if (token.kind === "number") return Number(token.text.replaceAll("_", ""));
  if (token.kind === "name") return WORDS.has(token.text) ? (WORDS.get(token.text) ?? null) : readName(token.text, reader);
  const closing = token.text === "(" ? ")" : token.text === "[" ? "]" : null;
  return closing ? readSequence(reader, closing) : UNREAD;
}

/** `(128, 128, 3)` and `[128, 128, 3]`; brackets around one value without a comma are only brackets. */
function readSequence(reader: Reader, closing: string): PythonValue {
  const values: PythonValue[] = [];
  let commas = 0;
  while (reader.at < reader.tokens.length) {
    if (reader.tokens[reader.at]?.text === closing) {
      reader.at++;
      const isGrouping = closing === ")" && values.length === 1 && commas === 0;
      return values.includes(UNREAD) ? UNREAD : isGrouping ? (values[0] ?? null) : values;
    }
    values.push(readSum(reader));
    if (reader.tokens[reader.at]?.text === ",") {
      reader.at++;
      commas++;
    } else if (reader.tokens[reader.at]?.text !== closing) return UNREAD;
  }
  return UNREAD;
}

/** The last value that a line `name = …` gives; an attribute or a call after it makes it unreadable. */
function readName(name: string, { text, depth }: Reader): PythonValue {
  if (depth >= DEPTH) return UNREAD;
  const assignments = [...text.matchAll(new RegExp(`^[ \\t]*${name}[ \\t]*(?::[^=\\n]*)?=(?!=)(.*)$`, "gm"))];
  const last = assignments.at(-1)?.[1];
  return last === undefined ? UNREAD : readValue(pythonTokens(last), text, depth + 1);
}
