import { formatShape, sameShape } from "../../model";
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

/** How windows move, as a kernel's attributes say it. */
export interface Sliding {
  strides?: number | readonly number[];
  dilations?: number | readonly number[];
  pad: Padding;
  dimRoundingMode?: Rounding;
}

/**
 * Sizes of the spatial axes after windows slid along those of `shape`. `sides`: the window's without dilation, one for each axis.
 * @throws ShapeError where a window is larger than its padded axis.
 */
export function slide(shape: readonly number[], layout: Layout, sides: readonly number[], sliding: Sliding): number[] {
  const slid = new Array<number>(sides.length);
  for (let i = 0; i < sides.length; i++) slid[i] = slideAxis(shape, layout, sides, sliding, i);
  return slid;
}

function slideAxis(shape: readonly number[], layout: Layout, sides: readonly number[], sliding: Sliding, i: number): number {
  const axis = layout.first + i;
  const size = shape[axis] as number;
  const stride = pick(sliding.strides, i);
  if (sliding.pad === "same") return Math.ceil(size / stride);
  const span = windowSpan(sides, sliding, i);
  const padded = size + paddingOf(sliding.pad, axis);
  // TensorFlow's shape inference, which Keras runs into, refuses any window that is larger; tfjs goes on with sizes <= 0.
  if (span > padded) throw new ShapeError(misfit(shape, layout, sides, sliding));
  return ROUND[sliding.dimRoundingMode ?? "floor"]((padded - span) / stride) + 1;
}

const ROUND: Record<Rounding, (value: number) => number> = { floor: Math.floor, round: Math.round, ceil: Math.ceil };

function pick(values: number | readonly number[] | undefined, i: number): number {
  return (typeof values === "object" ? values[i] : values) ?? 1;
}

/** Length that a dilated window covers. */
function windowSpan(sides: readonly number[], sliding: Sliding, i: number): number {
  return ((sides[i] as number) - 1) * pick(sliding.dilations, i) + 1;
}

function paddingOf(pad: Padding, axis: number): number {
  if (typeof pad === "number") return 2 * pad;
  if (typeof pad === "string") return 0;
  const [before = 0, after = 0] = pad[axis] ?? [];
  return before + after;
}

function misfit(shape: readonly number[], layout: Layout, sides: readonly number[], sliding: Sliding): string {
  const sizes = shape.slice(layout.first, layout.first + sides.length);
  const spans = sides.map((_, i) => windowSpan(sides, sliding, i));
  const padded = sizes.map((size, i) => size + paddingOf(sliding.pad, layout.first + i));
  const dilated = sameShape(spans, sides) ? "" : ` (${formatShape(spans)} dilated)`;
  const rim = sameShape(padded, sizes) ? "" : ` (${formatShape(padded)} padded)`;
  return `window ${formatShape(sides)}${dilated} does not fit into input ${formatShape(sizes)}${rim}`;
}
