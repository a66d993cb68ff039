import { t } from "@vscode/l10n";
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
export const counted = (count: number, noun: keyof typeof COUNTS): string => COUNTS[noun](count);

/** Whole phrases, as each language has its own plurals. */
const COUNTS = {
  layer: (count: number) => (count === 1 ? t("1 layer") : t("{0} layers", count)),
  operation: (count: number) => (count === 1 ? t("1 operation") : t("{0} operations", count)),
  weight: (count: number) => (count === 1 ? t("1 weight") : t("{0} weights", count)),
  block: (count: number) => (count === 1 ? t("1 block") : t("{0} blocks", count)),
  group: (count: number) => (count === 1 ? t("1 group") : t("{0} groups", count)),
};

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
