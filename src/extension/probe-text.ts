import { t } from "@vscode/l10n";
import { PROBE_LIMITS } from "../model";

/** An input of a model, as far as the text of a probe is concerned; shapes batch first. */
export interface ProbeInput {
  name: string;
  declared: readonly (number | null)[];
}

/** Shapes by input, batch first, or why there are none: one sentence. */
export type ParsedProbe = { inputs: Record<string, number[]> } | { reason: string };

/** How shapes are written into the input box: `128x128x3`, several inputs as `left=40x40x3, right=40x60x3`; a batch of 1 is left out. */
export function writeProbe(inputs: Readonly<Record<string, readonly number[]>>): string {
  const entries = Object.entries(inputs);
  const text = (shape: readonly number[]) => (shape[0] === 1 ? shape.slice(1) : shape).join("x") || "scalar";
  const [only] = entries;
  if (entries.length === 1 && only) return text(only[1]);
  return entries.map(([name, shape]) => `${name}=${text(shape)}`).join(", ");
}

/** Reads what was typed. Axes are parted by x, ×, *, commas or spaces, brackets are ignored, and the batch may be left out. */
export function parseProbe(text: string, inputs: readonly ProbeInput[]): ParsedProbe {
  const parts = splitInputs(text.trim(), inputs);
  if ("reason" in parts) return parts;
  const shapes: Record<string, number[]> = {};
  for (const input of inputs) {
    const part = parts.texts.get(input.name);
    if (part === undefined) return { reason: t("{0} has no shape yet: write {1}.", input.name, `${input.name}=${exampleOf(input)}`) };
    const shape = parseShape(part, input);
    if (typeof shape === "string") return { reason: inputs.length > 1 ? `${input.name}: ${shape}` : shape };
    shapes[input.name] = shape;
  }
  return { inputs: shapes };
}

function splitInputs(text: string, inputs: readonly ProbeInput[]): { texts: Map<string, string> } | { reason: string } {
  const marks = [...text.matchAll(/([^\s=,;]+)\s*=/g)];
  const [only] = inputs;
  if (marks.length === 0 && inputs.length === 1 && only) return { texts: new Map([[only.name, text]]) };
  const texts = new Map<string, string>();
  for (const [index, mark] of marks.entries()) {
    const name = mark[1] ?? "";
    if (!inputs.some((input) => input.name === name)) {
      return { reason: t("The model has no input {0}: it has {1}.", name, inputs.map((input) => input.name).join(", ")) };
    }
    texts.set(name, text.slice(mark.index + mark[0].length, marks[index + 1]?.index).replace(/[\s,;]+$/, ""));
  }
  return { texts };
}

function parseShape(text: string, input: ProbeInput): number[] | string {
  const words = text
    .replace(/[()[\]]/g, " ")
    .split(/[\s,;x×X*]+/)
    .filter(Boolean);
  const axes = input.declared.length;
  if (words.length === 0 && axes > 1) return t("Write one number an axis, as in {0}.", exampleOf(input));
  const wrong = words.map(wrongSize).find(Boolean);
  if (wrong) return wrong;
  const sizes = words.map(Number);
  const shape = sizes.length === axes - 1 ? [1, ...sizes] : sizes;
  if (shape.length !== axes)
    return sizes.length === 1
      ? t("1 number where the model takes {0} (and the batch before them, if it is not 1), as in {1}.", axes - 1, exampleOf(input))
      : t(
          "{0} numbers where the model takes {1} (and the batch before them, if it is not 1), as in {2}.",
          sizes.length,
          axes - 1,
          exampleOf(input),
        );
  const elements = shape.reduce((product, size) => product * size, 1);
  return elements > PROBE_LIMITS.elements ? t("That is more numbers than a tensor may hold (2³¹ − 1): make it smaller.") : shape;
}

/** Checks of one number, first that fits. */
const WRONG: [test: (word: string) => boolean, reason: (word: string) => string][] = [
  [(word) => /^(none|null|\?|-1)$/i.test(word), (word) => t("{0} is left open by a model, but a probe needs a number there.", word)],
  [(word) => Number.isNaN(Number(word)), (word) => t("{0} is not a number.", word)],
  [(word) => !Number.isInteger(Number(word)), (word) => t("{0} is not a whole number.", word)],
  [(word) => Number(word) < 1, (word) => t("{0} is too small: an axis has 1 element or more.", word)],
  [(word) => Number(word) > PROBE_LIMITS.axis, (word) => t("{0} is too large: an axis has at most {1} elements.", word, PROBE_LIMITS.axis)],
];

function wrongSize(word: string): string | null {
  return WRONG.find(([test]) => test(word))?.[1](word) ?? null;
}

function exampleOf(input: ProbeInput): string {
  return (
    input.declared
      .slice(1)
      .map((size) => size ?? 128)
      .join("x") || "1"
  );
}
