/** Room that something takes to the left and to the right of its axis, in pixels. Lines take none. */
export interface Extent {
  left: number;
  right: number;
}
export const LINE: Extent = { left: 0, right: 0 };

const GAP = { betweenBoxes: 24, besideLine: 18, betweenLines: 14 } as const;

/** Keeps account of what stands where, tier by tier, so that nothing is placed on top of another. */
export class Lanes {
  private readonly taken: { from: number; to: number; isLine: boolean }[][] = [];

  /** Takes the room around `x` in each tier from `first` on. */
  take(x: number, first: number, extents: readonly Extent[]): void {
    for (const [offset, extent] of extents.entries()) {
      const tier = this.tier(first + offset);
      tier.push({ from: x - extent.left, to: x + extent.right, isLine: isLine(extent) });
    }
  }

  /** The free axis nearest to `wanted`; of two equally near ones the one on the preferred side. */
  nearestFree(wanted: number, first: number, extents: readonly Extent[], prefers: "left" | "right"): number {
    const blocked = this.blocked(first, extents);
    const rightward = slide(wanted, blocked);
    const leftward = -slide(
      -wanted,
      blocked.map(([from, to]): [number, number] => [-to, -from]).sort((a, b) => a[0] - b[0]),
    );
    const [right, left] = [rightward - wanted, wanted - leftward];
    if (Math.abs(right - left) < 1) return prefers === "right" ? rightward : leftward;
    return right < left ? rightward : leftward;
  }

  isFree(x: number, first: number, extents: readonly Extent[]): boolean {
    return this.blocked(first, extents).every(([from, to]) => x <= from || x >= to);
  }

  /** Left and right end of all that was placed. */
  extent(): [number, number] {
    const all = this.taken.flat();
    return [Math.min(0, ...all.map((one) => one.from)), Math.max(0, ...all.map((one) => one.to))];
  }

  private tier(at: number) {
    let tier = this.taken[at];
    if (tier === undefined) {
      tier = [];
      this.taken[at] = tier;
    }
    return tier;
  }

  /** Open intervals in which the axis may not lie, sorted. */
  private blocked(first: number, extents: readonly Extent[]): [number, number][] {
    const intervals: [number, number][] = [];
    for (const [offset, extent] of extents.entries()) {
      for (const one of this.taken[first + offset] ?? []) {
        const gap = gapBetween(one.isLine, isLine(extent));
        intervals.push([one.from - gap - extent.right, one.to + gap + extent.left]);
      }
    }
    return intervals.sort((a, b) => a[0] - b[0]);
  }
}

const isLine = (extent: Extent) => extent.left + extent.right === 0;

function gapBetween(one: boolean, other: boolean): number {
  if (one && other) return GAP.betweenLines;
  return one || other ? GAP.besideLine : GAP.betweenBoxes;
}

/** Moves `from` to the right until no interval holds it. pre: intervals sorted by their start. */
function slide(from: number, intervals: readonly [number, number][]): number {
  let x = from;
  for (const [start, end] of intervals) if (x > start && x < end) x = end;
  return x;
}
