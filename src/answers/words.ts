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
  if (role === "activation") return `the tensor ${formatShape(shape)}`;
  const numbers = values ? `: ${formatValues(values)}` : "";
  const what = name ? `${role} ${name}` : `a ${role}`;
  return `${what} (${formatShape(shape)}${numbers})`;
}

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
  if (axis === 0) return "batch";
  return axis === rank - 1 && rank >= 3 ? "channels" : `axis ${axis}`;
}

export function rowOf(report: Report, id: string): LayerReport | undefined {
  return report.layers.find((row) => row.id === id);
}

/** The first of a list and how many more there are: `a, b, and 3 more`. */
export function listed(items: readonly string[], most = 4, separator = ", "): string {
  const more = items.length > most ? [`and ${items.length - most} more`] : [];
  return [...items.slice(0, most), ...more].join(separator);
}

/** `1 layer`, `3 layers`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
