/** Work that stops now and then, so that others get a turn: see `inTurns`, or do it to the end at once. */
export type Work<T = void> = Generator<undefined, T>;

/** Does the work to its end without a pause. */
export function finished<T>(work: Work<T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}
