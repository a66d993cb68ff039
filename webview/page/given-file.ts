import { t } from "@vscode/l10n";
import type { GivenFile } from "../../src/helper/protocol";

const KINDS = ".png,.jpg,.jpeg,.gif,.bmp,.webp";
/** More does not travel at once. */
const MOST_BYTES = 64 * 2 ** 20;

/** Asks for an image by the browser's own dialog; undefined where a person goes away. @throws Error where it is too large */
export async function givenFile(): Promise<GivenFile | undefined> {
  const file = await askedFile(KINDS);
  if (!file) return undefined;
  if (file.size > MOST_BYTES)
    throw new Error(t("{0} has {1} bytes, more than {2}; make it smaller first.", file.name, file.size, MOST_BYTES));
  return { name: file.name, base64: await base64Of(file) };
}

/** The file that a person chooses in the browser's own dialog; undefined where they go away. `kinds`: `.png,.jpg` */
export function askedFile(kinds: string): Promise<File | undefined> {
  const field = document.createElement("input");
  field.type = "file";
  field.accept = kinds;
  return new Promise((resolve) => {
    field.addEventListener("change", () => resolve(field.files?.[0]));
    field.addEventListener("cancel", () => resolve(undefined));
    field.click();
  });
}

function base64Of(file: File): Promise<string> {
  const reader = new FileReader();
  return new Promise((resolve, reject) => {
    reader.addEventListener("load", () => resolve(String(reader.result).replace(/^[^,]*,/, "")));
    reader.addEventListener("error", () => reject(new Error(t("{0} cannot be read.", file.name))));
    reader.readAsDataURL(file);
  });
}
