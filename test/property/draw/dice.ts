/**
 * A row of numbers that decides. All zeros is the plainest choice everywhere, which is what fast-check shrinks to; when the numbers have
 * run out, zeros follow.
 */
export class Dice {
  private at = 0;

  constructor(private readonly throws: readonly number[]) {}

  /** A whole number from 0 to `count - 1`. */
  below(count: number): number {
    return (this.throws[this.at++] ?? 0) % count;
  }

  /** A whole number from `least` to `most`. */
  range(least: number, most: number): number {
    return least + this.below(most - least + 1);
  }

  /** True once in `count` times. */
  chance(count: number): boolean {
    return this.below(count) === count - 1;
  }

  /** One of a list that is not empty. */
  pick<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }

  times<T>(count: number, make: () => T): T[] {
    return Array.from({ length: count }, make);
  }
}
