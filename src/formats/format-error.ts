/**
 * What is wrong with a file, as the end of a sentence: `layer "conv1" is listed twice`. `openModel` puts the file's name before
 * it and throws it on as a UserError.
 */
export class FormatError extends Error {
  override readonly name = "FormatError";
}

const MAX_QUOTED = 60;

/** A name from a file as messages show it: quoted, shortened, without control characters. */
export function quoted(text: unknown): string {
  const plain = JSON.stringify(String(text)) as string;
  return plain.length <= MAX_QUOTED ? plain : `${plain.slice(0, MAX_QUOTED)}…"`;
}
