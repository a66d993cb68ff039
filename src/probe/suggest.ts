import type { Shape, ZooFacts } from "../model";

/** Sizes for open axes where nobody names better ones: pixels for images and volumes, steps for sequences. */
const FALLBACK = { image: 224, volume: 32, sequence: 16 } as const;

/** A shape to begin with: what is declared, with open axes filled; batch 1. */
export function suggestShape(declared: Shape, zoo: ZooFacts | undefined): number[] {
  return declared.map((size, axis) => size ?? openSize(axis, declared.length, zoo));
}

function openSize(axis: number, rank: number, zoo: ZooFacts | undefined): number {
  if (axis === 0) return 1;
  if (zoo && rank === 4 && axis <= 2) return zoo.defaultSize[axis - 1] as number;
  if (rank === 4) return axis === 3 ? 3 : FALLBACK.image;
  return rank === 5 ? FALLBACK.volume : FALLBACK.sequence;
}
