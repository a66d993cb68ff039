import type { Network, Shape } from "../../../src/model";
import { Dice } from "./dice";
import type { DrawnTensor } from "./row";

/** Shapes of the tensors of one probe by input. */
export type DrawnProbe = { [input: string]: number[] };

/** Sizes for open axes, the same for each input, so that branches may meet. */
const SIZES = [8, 12, 7, 9, 16, 5, 4, 3, 2, 1];

type Change = (shape: number[], dice: Dice) => number[];

/** What becomes of a fitting shape: nothing more often than not. */
const CHANGES: Change[] = [
  (shape) => shape,
  (shape) => shape,
  (shape) => shape.map((size, axis) => (axis === shape.length - 1 && axis > 0 ? 1 : size)),
  (shape, dice) => changed(shape, dice, (size) => size + 1),
  (shape, dice) => changed(shape, dice, () => 1),
  (shape, dice) => changed(shape, dice, (size) => Math.max(1, size - 1)),
  (shape) => [...shape, 1],
  (shape) => (shape.length > 2 ? shape.slice(0, -1) : [...shape, 3]),
];

function changed(shape: number[], dice: Dice, change: (size: number) => number): number[] {
  const axis = dice.range(0, shape.length - 1);
  return shape.map((size, at) => (at === axis ? change(size) : size));
}

/** The first fits what is declared; the others may not. */
export function drawProbes({ inputs }: Network, tensors: readonly DrawnTensor[], throws: number[], count = 3): DrawnProbe[] {
  const dice = new Dice(throws);
  return Array.from({ length: count }, (_, number) => {
    const sizes = dice.times(4, () => dice.pick(SIZES));
    const batch = dice.range(1, 3);
    const change = number === 0 ? (CHANGES[0] as Change) : dice.pick(CHANGES);
    const entries = inputs.map(({ layer }): [string, number[]] => {
      const shape = tensors.find(({ ref }) => ref.layer === layer)?.shape ?? [];
      return [layer, change(filled(shape, batch, sizes), dice)];
    });
    return Object.fromEntries(entries);
  });
}

function filled([, ...rest]: Shape, batch: number, sizes: number[]): number[] {
  return [batch, ...rest.map((size, axis) => size ?? (sizes[axis % sizes.length] as number))];
}
