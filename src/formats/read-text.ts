import { FormatError } from "./format-error";
import type { Source } from "./source";

/** Configs of the largest models are some megabytes. */
const MAX_TEXT_BYTES = 48 * 2 ** 20;

/** A whole text file as UTF-8, without its byte order mark. @throws FormatError above 48 MB */
export function readText(source: Source, path: string): string {
  const sizeBytes = source.size(path);
  if (sizeBytes > MAX_TEXT_BYTES)
    throw new FormatError(
      `its text is ${Math.round(sizeBytes / 2 ** 20)} MB long, and no config is longer than ${MAX_TEXT_BYTES / 2 ** 20} MB`,
    );
  return new TextDecoder().decode(source.read(path, 0, sizeBytes));
}
