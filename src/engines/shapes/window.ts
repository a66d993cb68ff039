import { formatShape } from "../../model";
import { ShapeError } from "./error";

type Rounding = "floor" | "round" | "ceil";
/** As tfjs writes it: by name, a number for every side, or a pair for each axis of the tensor, batch and channels included. */
export type Padding = "valid" | "same" | number | readonly (readonly number[])[];

/** Where the axes are that a window slides along. */
export interface Layout {
  /** First of the spatial axes, which lie side by side. */
  first: number;
  channels: number;
}
/** `NHWC`, `NDHWC` and nothing at all mean channels last. */
export function layoutOf(format: string | undefined, rank: number): Layout {
  return format?.startsWith("NC") ? { first: 2, channels: 1 } : { first: 1, channels: rank - 1 };
}

export interface Windows {
  /** Sides of the window without dilation; its length tells the number of spatial axes. */
  sides: readonly number[];
  strides?: number | readonly number[];
  dilations?: number | readonly number[];
  pad: Padding;
  dimRoundingMode?: Rounding;
}

/** Sizes of the spatial axes after windows slid along those of `shape`. @throws ShapeError where a window is larger than its padded axis. */
export function slide(shape: readonly number[], layout: Layout, windows: Windows): number[] {
  return windows.sides.map((_, i) => slideAxis(shape, layout, windows, i));
}

function slideAxis(shape: readonly number[], layout: Layout, windows: Windows, i: number): number {
  const axis = layout.first + i;
  const size = shape[axis] as number;
  const stride = pick(windows.strides, i);
  if (windows.pad === "same") return Math.ceil(size / stride);
  const span = windowSpan(windows, i);
  const padded = size + paddingOf(windows.pad, axis);
  // TensorFlow's shape inference, which Keras runs into, refuses any window that is larger; tfjs goes on with sizes <= 0.
  if (span > padded) throw new ShapeError(misfit(shape, layout, windows));
  return ROUND[windows.dimRoundingMode ?? "floor"]((padded - span) / stride) + 1;
}

const ROUND: Record<Rounding, (value: number) => number> = { floor: Math.floor, round: Math.round, ceil: Math.ceil };

function pick(values: number | readonly number[] | undefined, i: number): number {
  return (typeof values === "object" ? values[i] : values) ?? 1;
}

/** Length that a dilated window covers. */
function windowSpan(windows: Windows, i: number): number {
  return ((windows.sides[i] as number) - 1) * pick(windows.dilations, i) + 1;
}

function paddingOf(pad: Padding, axis: number): number {
  if (typeof pad === "number") return 2 * pad;
  if (typeof pad === "string") return 0;
  const [before = 0, after = 0] = pad[axis] ?? [];
  return before + after;
}

function misfit(shape: readonly number[], layout: Layout, windows: Windows): string {
  const count = windows.sides.length;
  const spans = windows.sides.map((_, i) => windowSpan(windows, i));
  const padded = shape.slice(layout.first, layout.first + count).map((size, i) => size + paddingOf(windows.pad, layout.first + i));
  const isDilated = spans.some((span, i) => span !== windows.sides[i]);
  const isPadded = padded.some((size, i) => size !== shape[layout.first + i]);
  const window = `window ${formatShape(windows.sides)}${isDilated ? ` (${formatShape(spans)} dilated)` : ""}`;
  return `${window} does not fit into input ${formatShape(shape.slice(layout.first, layout.first + count))}${isPadded ? ` (${formatShape(padded)} padded)` : ""}`;
}
