/** Letters that stand in two columns of a terminal, and are about as wide as two others elsewhere. @see Unicode Standard Annex 11 */
const WIDE = /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/g;

/** How many columns a text takes in a fixed-width face: `层 a` takes 4. */
export function columnsOf(text: string): number {
  return text.length + (text.match(WIDE)?.length ?? 0);
}

/** A text with spaces behind it, up to so many columns. */
export const padEnd = (text: string, columns: number): string => text + " ".repeat(Math.max(0, columns - columnsOf(text)));

/** A text with spaces before it, up to so many columns. */
export const padStart = (text: string, columns: number): string => " ".repeat(Math.max(0, columns - columnsOf(text))) + text;
