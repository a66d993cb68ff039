import type { LayerReport, Report } from "../../model";

/** Layers that do to each channel what they do to the others. */
const CHANNEL_BY_CHANNEL = new Set([
  "InputLayer",
  "Rescaling",
  "ZeroPadding1D",
  "ZeroPadding2D",
  "ZeroPadding3D",
  "Resizing",
  "CenterCrop",
]);

/** Operations that, with a single number, do the same. */
const WITH_A_NUMBER = new Set(["Add", "Sub", "Mul", "RealDiv"]);

/**
 * Whether the model's input comes to a layer by itself and alone: through nothing that mixes channels or treats them unlike, and to no other
 * layer. What it does to one channel that stands for several is then, number for number, what it does to the channel repeated.
 */
export function readsInputAlone(report: Report, layer: string): boolean {
  const rows = new Map(report.layers.map((row) => [row.id, row]));
  for (let row = rows.get(layer); row; ) {
    const [only, ...others]: LayerReport["inputs"] = row.inputs;
    const before: LayerReport | undefined = only && others.length === 0 ? rows.get(only.layer) : undefined;
    const readers = report.layers.filter(({ inputs }) => inputs.some((input) => input.layer === before?.id));
    if (!before || readers.length > 1 || !isChannelByChannel(report, before)) return false;
    if (before.className === "InputLayer") return true;
    row = before;
  }
  return false;
}

function isChannelByChannel({ broadcasts }: Report, { id, className }: LayerReport): boolean {
  const own = broadcasts.filter(({ layer }) => layer === id);
  const withNumbers = own.every(({ kind, operation }) => kind === "scalar" && WITH_A_NUMBER.has(operation));
  return withNumbers && (CHANNEL_BY_CHANNEL.has(className) || own.length > 0);
}
