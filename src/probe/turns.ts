import type { Work } from "../model";

/** How long work goes on before others get a turn, in milliseconds. */
const TURN_MS = 30;

/** Does work in turns; between them the process hears what else it is told. @throws the signal's reason when it is aborted */
export async function inTurns<T>(work: Work<T>, signal?: AbortSignal): Promise<T> {
  try {
    for (;;) {
      signal?.throwIfAborted();
      const end = performance.now() + TURN_MS;
      do {
        const { done, value } = work.next();
        if (done) return value;
      } while (performance.now() < end);
      await new Promise((resolve) => setImmediate(resolve));
    }
  } finally {
    // Files that the work has open are closed where it was not done to its end.
    work.return(undefined as T);
  }
}
