/** A piece of Python: names, numbers, strings (with what is between their quotes) and single punctuation marks. */
export interface Token {
  kind: "name" | "number" | "string" | "mark";
  text: string;
  start: number;
  end: number;
}

/** Tried in this order at each place; what none fits is skipped. Strings end at their line unless triple-quoted, however broken they are. */
const PATTERNS: [kind: Token["kind"] | "skip", pattern: RegExp][] = [
  ["skip", /(?:\s|\\\r?\n|#[^\n]*)+/y],
  ["string", /[rbfuRBFU]{0,2}(?:"""(?:[^\\]|\\[\s\S])*?(?:"""|$)|'''(?:[^\\]|\\[\s\S])*?(?:'''|$))/y],
  ["string", /[rbfuRBFU]{0,2}(?:"(?:[^"\\\n]|\\[\s\S])*(?:"|(?=\n)|$)|'(?:[^'\\\n]|\\[\s\S])*(?:'|(?=\n)|$))/y],
  ["number", /-?(?:\d[\d_]*\.?[\d_]*(?:e[+-]?\d+)?|\.\d+)/iy],
  ["name", /[\p{L}_][\p{L}\p{N}_]*/uy],
  ["mark", /[\s\S]/y],
];

/** Cuts Python into tokens; never fails, since people hover over code that they are still writing. */
export function pythonTokens(text: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; ) {
    const token = tokenAt(text, at);
    if (token.kind !== "skip") tokens.push({ ...token, kind: token.kind });
    at = token.end;
  }
  return tokens;
}

function tokenAt(text: string, start: number) {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = start;
    const found = pattern.exec(text)?.[0];
    if (found) return { kind, text: kind === "string" ? unquoted(found) : found, start, end: start + found.length };
  }
  return { kind: "skip" as const, text: "", start, end: start + 1 };
}

function unquoted(literal: string): string {
  const [, quote = "", rest = ""] = /^[a-z]{0,2}("""|'''|"|')([\s\S]*)$/i.exec(literal) ?? [];
  return rest.endsWith(quote) && quote ? rest.slice(0, -quote.length) : rest;
}
