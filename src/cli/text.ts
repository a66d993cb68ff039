import { columnsOf } from "../model";

/** Text that cannot do anything to a terminal: control and direction characters, which a hostile file may put into a name, become `�`. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/gu, "\ufffd");
}

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
