import { t } from "@vscode/l10n";
import { columnsOf, layerNoun, type ModelFormat } from "../model";

export { printable } from "../model";

/** Lines of at most `width` columns, broken at spaces and between Chinese and Japanese letters; a word that is longer stands alone. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const { word, gap } of wordsOf(text)) {
    if (line !== "" && columnsOf(line) + gap.length + columnsOf(word) > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line}${gap}${word}`;
  }
  return line === "" ? lines : [...lines, line];
}

/** What a line may be broken between, each with what stands before it where the line is not broken. */
function wordsOf(text: string): { word: string; gap: string }[] {
  return text
    .trim()
    .split(/\s+/)
    .flatMap((word) => (word.match(PIECES) ?? [word]).map((piece, index) => ({ word: piece, gap: index === 0 ? " " : "" })));
}

/** A letter of a script without spaces, or what stands between two of them; no line begins with a closing mark or ends with an opening one. */
const PIECES =
  /[（《「“]*(?:[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]|[^\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}，。；：、！？（）《》「」“”]+)[，。；：、！？）》」”]*/gu;

/** Cut to `width` characters, with `…` for what is gone. */
export function clip(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, Math.max(0, width - 1))}…`;
}

/** `28513527` as `28,513,527`, the same in every locale. */
export function grouped(count: number): string {
  return count.toLocaleString("en-US");
}

/** `577 layers`, `1,024 operations`: what a model of this format has. */
export function countedNoun(count: number, format: ModelFormat): string {
  const written = grouped(count);
  if (layerNoun(format) === "operation") return count === 1 ? t("1 operation") : t("{0} operations", written);
  return count === 1 ? t("1 layer") : t("{0} layers", written);
}
