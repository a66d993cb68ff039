/** A string literal of one line: what is between the quotes, and where (columns, the quotes included). */
export interface Quoted {
  text: string;
  start: number;
  end: number;
}

const LITERAL = /"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'/g;

/** The literal in quotes around a column of a line of Python or JSON. */
export function quotedAt(line: string, column: number): Quoted | null {
  for (const found of line.matchAll(LITERAL)) {
    const end = found.index + found[0].length;
    if (found.index <= column && column < end)
      return { text: (found[1] ?? found[2] ?? "").replace(/\\(.)/g, "$1"), start: found.index, end };
  }
  return null;
}
