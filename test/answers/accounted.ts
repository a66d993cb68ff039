import { formatCount } from "../../src/answers/words";

/** What real Keras says: numbers, shapes and names in any structure (scripts/answers/questions.py). */
export type Facts = unknown;

/** All numbers in it, as answers write them: whole, in groups of thousands, to four digits, as `28.5 M`. */
function writtenNumbers(facts: Facts): Set<string> {
  const written = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value === "number")
      for (const text of [
        String(value),
        value.toLocaleString("en-US"),
        String(Number(value.toPrecision(4))),
        formatCount(value).split(" ")[0] as string,
      ])
        written.add(text);
    else if (typeof value === "string") for (const [digits] of value.matchAll(/\d+/g)) written.add(digits);
    else if (value !== null && typeof value === "object")
      for (const [key, each] of Object.entries(value)) {
        if (!Array.isArray(value)) visit(key);
        visit(each);
      }
  };
  visit(facts);
  return written;
}

/**
 * The numbers of a text that neither Keras said nor the question named: each stands with its line. `code`: lines that are set off as code are
 * left out, as they are run under real Keras by scripts/answers.
 */
export function unaccounted(lines: readonly string[], facts: Facts, asked: string): string[] {
  const known = writtenNumbers([facts, asked, [0, 1]]);
  return lines
    .filter((line) => !/^ {2}/.test(line))
    .flatMap((line) => {
      // A number that is part of a name (conv2d_29, block3_pool) is held too, by the names that Keras tells.
      const numbers = [...line.matchAll(/\d[\d,]*(?:\.\d+)?/g)].map(([text]) => text.replace(/,$/, ""));
      return numbers.filter((text) => !known.has(text)).map((text) => `${text} in: ${line}`);
    });
}
