import { t } from "@vscode/l10n";
import { type Broadcast, type BroadcastOperand, formatShape, type LayerReport, type Report } from "../model";

/** Shape without its batch axis, as people speak of images: `4×4×2048`. */
export function withoutBatch(shape: readonly number[]): string {
  return shape.length > 1 ? formatShape(shape.slice(1)) : formatShape(shape);
}

/** `28.5 M`, `3.2 k`, `12`. */
export function formatCount(count: number): string {
  const unit = UNITS.find(({ least }) => count >= least);
  return unit ? `${(count / unit.size).toFixed(1)} ${unit.name}` : String(count);
}

const UNITS = [
  { least: 999_950_000, size: 1e9, name: "G" },
  { least: 999_950, size: 1e6, name: "M" },
  { least: 10_000, size: 1e3, name: "k" },
];

/** Numbers of an operand as people read them: `0.485, 0.456, 0.406`. */
export function formatValues(values: readonly number[]): string {
  return values.map((value) => String(Number(value.toPrecision(4)))).join(", ");
}

/** What an operand is called: `mean (1×1×1×3: 0.485, 0.456, 0.406)`, `the tensor 1×128×128×1`. */
export function describeOperand({ role, name, shape, values }: BroadcastOperand): string {
  if (role === "activation") return t("the tensor {0}", formatShape(shape));
  const numbers = values ? `: ${formatValues(values)}` : "";
  return `${name ? ROLES[role].named(name) : ROLES[role].unnamed()} (${formatShape(shape)}${numbers})`;
}

const ROLES: Record<Exclude<BroadcastOperand["role"], "activation">, { named(name: string): string; unnamed(): string }> = {
  weight: { named: (name) => t("weight {0}", name), unnamed: () => t("a weight") },
  constant: { named: (name) => t("constant {0}", name), unnamed: () => t("a constant") },
};

/** The operand that was stretched although it depends on the input, with its axes; null where there is none. */
export function stretchedActivation(broadcast: Broadcast): BroadcastOperand | null {
  return broadcast.operands.find(({ role, stretched }) => role === "activation" && stretched.length > 0) ?? null;
}

/** `1 → 3` along an axis of the output. */
export function changeAlong(broadcast: Broadcast, operand: BroadcastOperand, axis: number): { from: number; to: number } {
  const from = operand.shape[axis - broadcast.output.length + operand.shape.length] ?? 1;
  return { from, to: broadcast.output[axis] as number };
}

/** What an axis of a tensor of this rank is called. */
export function axisName(axis: number, rank: number): string {
  if (axis === 0) return t("batch");
  return axis === rank - 1 && rank >= 3 ? t("channels") : t("axis {0}", axis);
}

export function rowOf(report: Report, id: string): LayerReport | undefined {
  return report.layers.find((row) => row.id === id);
}

/** The first of a list and how many more there are: `a, b, and 3 more`. */
export function listed(items: readonly string[], most = 4, separator = ", "): string {
  const more = items.length > most ? [t("and {0} more", items.length - most)] : [];
  return [...items.slice(0, most), ...more].join(separator);
}

/** `1 layer`, `3 layers`. */
export function counted(count: number, noun: keyof typeof COUNTS): string {
  return COUNTS[noun](count);
}

/** Whole phrases, as each language has its own plurals. */
const COUNTS = {
  layer: (count: number) => (count === 1 ? t("1 layer") : t("{0} layers", count)),
  operation: (count: number) => (count === 1 ? t("1 operation") : t("{0} operations", count)),
  weight: (count: number) => (count === 1 ? t("1 weight") : t("{0} weights", count)),
  "pretrained weight": (count: number) => (count === 1 ? t("1 pretrained weight") : t("{0} pretrained weights", count)),
  vector: (count: number) => (count === 1 ? t("1 vector") : t("{0} vectors", count)),
  number: (count: number) => (count === 1 ? t("1 number") : t("{0} numbers", count)),
  position: (count: number) => (count === 1 ? t("1 position") : t("{0} positions", count)),
  channel: (count: number) => (count === 1 ? t("1 channel") : t("{0} channels", count)),
};

/** Sentences as one paragraph, with a space between them where the language has one. */
export function paragraph(sentences: readonly string[]): string {
  return sentences
    .filter((sentence) => sentence !== "")
    .reduce((text, next) => (/[。！？；：]$/.test(text) ? text + next : `${text} ${next}`).trim(), "");
}
