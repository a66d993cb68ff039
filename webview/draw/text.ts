import { textWidth } from "../graph/sizes";

/** A number of parameters for people: `28.5 M`, `1.5 k`, `512`. */
export function formatCount(count: number): string {
  const units: [number, string][] = [
    [1e9, "G"],
    [1e6, "M"],
    [1e3, "k"],
  ];
  for (const [size, unit] of units) if (count >= size) return `${(count / size).toFixed(1)} ${unit}`;
  return String(count);
}

/** `1 layer`, `4 layers`. */
export const plural = (count: number, word: string) => `${count} ${word}${count === 1 ? "" : "s"}`;

/** A text that loses its middle where it does not fit; `widthOf` estimates in pixels. */
export function fitText(text: string, roomPx: number, widthOf: (text: string) => number = textWidth): string {
  if (widthOf(text) <= roomPx) return text;
  const fits = Math.max(4, Math.floor(roomPx / widthOf("m")) - 1);
  return text.length <= fits ? text : `${text.slice(0, Math.ceil(fits / 2))}…${text.slice(-Math.floor(fits / 2))}`;
}

/** A name in two parts, of which the first repeats the group's title. What does not fit into `roomPx` pixels loses its middle. */
export function fitName(name: string, prefixLength: number, roomPx: number): { prefix: string; rest: string } {
  const whole = { prefix: name.slice(0, prefixLength), rest: name.slice(prefixLength) };
  if (textWidth(name) <= roomPx) return whole;
  const rest = name.slice(prefixLength);
  return { prefix: "", rest: fitText(rest, roomPx) };
}
