import type { Shape } from "../../../../src/model";
import { anyAxis, asArgument, type DrawnTensor, isFloat, type Place, type Row } from "../row";

/** Whether two sizes of an axis may meet in an elementwise operation. */
const meet = (a: number | null | undefined, b: number | null | undefined): boolean =>
  a === undefined || b === undefined || a === b || a === 1 || b === 1 || a === null || b === null;

const sameRank = (a: Shape, b: Shape): boolean => a.length === b.length;

export function broadcasts(a: Shape, b: Shape): boolean {
  return sameRank(a, b) && a.every((size, axis) => meet(size, b[axis]));
}

/** A tensor to meet: nearly always one that fits, now and then any. */
export function partnerFor(tensor: DrawnTensor, { dice, partner }: Place, fits: (a: Shape, b: Shape) => boolean): DrawnTensor | null {
  const isAny = dice.chance(12);
  return partner((other) => isFloat(other) && (isAny || fits(tensor.shape, other.shape)));
}

const merging = (className: string, most = 3): Row => ({
  className,
  takes: (tensor) => isFloat(tensor) && tensor.shape.length >= 2,
  draw: (tensor, place) => {
    const others = place.dice.times(place.dice.range(1, most - 1), () => partnerFor(tensor, place, broadcasts));
    const known = others.filter((other) => other !== null);
    return known.length === 0 ? null : { config: {}, args: [[tensor, ...known].map(asArgument)] };
  },
});

const besides =
  (axis: number) =>
  (a: Shape, b: Shape): boolean =>
    sameRank(a, b) && a.every((size, at) => at === axis || size === b[at]);

const concatenate: Row = {
  className: "Concatenate",
  takes: (tensor) => isFloat(tensor) && tensor.shape.length >= 2,
  draw: (tensor, place) => {
    const axis = place.dice.chance(2) ? anyAxis(tensor.shape, place.dice) : -1;
    const front = axis < 0 ? axis + tensor.shape.length : axis;
    const other = partnerFor(tensor, place, besides(front));
    return other && { config: { axis }, args: [[tensor, other].map(asArgument)] };
  },
};

const dot: Row = {
  className: "Dot",
  takes: (tensor) => isFloat(tensor) && (tensor.shape.length === 2 || tensor.shape.length === 3),
  draw: (tensor, { dice, partner }) => {
    const left = dice.range(1, tensor.shape.length - 1);
    const right = dice.range(1, tensor.shape.length - 1);
    const size = tensor.shape[left];
    const other = partner((one) => isFloat(one) && sameRank(one.shape, tensor.shape) && size !== null && one.shape[right] === size);
    return other && { config: { axes: [left, right], normalize: dice.chance(3) }, args: [[tensor, other].map(asArgument)] };
  },
};

export const MERGES: Row[] = [
  ...["Add", "Multiply", "Average", "Maximum", "Minimum"].map((className) => merging(className)),
  merging("Subtract", 2),
  concatenate,
  concatenate,
  dot,
];
