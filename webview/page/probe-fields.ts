import { t } from "@vscode/l10n";
import type { OpenedModel } from "../../src/helper/protocol";
import { PROBE_LIMITS } from "../../src/model";

/** One number of a probe: which axis of which input. */
export interface ProbeField {
  input: string;
  axis: number;
  /** `height`, or `axis 1` where an axis has no common name. */
  label: string;
}

/** Names of the axes by their number, as Keras's own documentation has them. */
const AXES: Record<number, string[]> = {
  2: ["batch", "features"],
  3: ["batch", "steps", "features"],
  4: ["batch", "height", "width", "channels"],
  5: ["batch", "depth", "height", "width", "channels"],
};
const CHANNELS_FIRST = ["batch", "channels", "height", "width"];
const TOKENS = ["batch", "length"];
/** The batch comes last: it is changed least. */
const ORDER = ["depth", "height", "width", "channels"];

const AXIS_WORDS: { readonly [axis: string]: string } = {
  batch: t("batch"),
  features: t("features"),
  steps: t("steps"),
  height: t("height"),
  width: t("width"),
  channels: t("channels"),
  depth: t("depth"),
  length: t("length"),
};

/** The fields of an input: height, width, channels, batch for images; words for sequences, tables and volumes; else one for each axis. */
export function fieldsOf(input: OpenedModel["inputs"][number]): ProbeField[] {
  const names = axisNames(input);
  const fields = names.map((label, axis) => ({ input: input.name, axis, label }));
  return fields.sort((a, b) => place(a) - place(b)).map((field) => ({ ...field, label: AXIS_WORDS[field.label] ?? field.label }));
}

function axisNames({ suggested, declared, dtype }: OpenedModel["inputs"][number]): string[] {
  if (suggested.length === 2 && /int|string/.test(dtype)) return TOKENS;
  if (suggested.length === 4 && hasChannelsFirst(declared)) return CHANNELS_FIRST;
  return AXES[suggested.length] ?? suggested.map((_, axis) => (axis === 0 ? "batch" : t("axis {0}", axis)));
}

/** Few channels declared in front and not behind. */
function hasChannelsFirst(declared: readonly (number | null)[]): boolean {
  const isFew = (size: number | null | undefined) => typeof size === "number" && size <= 4;
  return isFew(declared[1]) && !isFew(declared[3]);
}

function place({ label, axis }: ProbeField): number {
  const at = ORDER.indexOf(label);
  if (at >= 0) return at;
  return label === "batch" ? 99 : axis;
}

/** The number that was typed, or why it cannot be one. */
export function readSize(text: string, label: string): { size: number } | { reason: string } {
  const trimmed = text.trim();
  if (trimmed === "") return { reason: t("{0}: type a whole number from 1 on", label) };
  const size = Number(trimmed);
  if (!Number.isFinite(size)) return { reason: t("{0}: “{1}” is not a number", label, trimmed) };
  if (!Number.isInteger(size)) return { reason: t("{0}: {1} is not a whole number", label, trimmed) };
  if (size < 1) return { reason: t("{0}: {1} is too small, 1 is the least", label, size) };
  if (size > PROBE_LIMITS.axis) return { reason: t("{0}: {1} is too large, {2} is the most", label, size, PROBE_LIMITS.axis) };
  return { size };
}

/** Why a whole shape cannot be probed; null where it can. */
export function refuseShape(shape: readonly number[]): string | null {
  const elements = shape.reduce((product, size) => product * size, 1);
  return elements > PROBE_LIMITS.elements
    ? t("{0} has more than {1} numbers: choose smaller sizes", shape.join("×"), PROBE_LIMITS.elements)
    : null;
}
