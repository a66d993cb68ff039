import type { Progress } from "../model";

export type TellProgress = (progress: Progress) => void;

/** How often a person can read something new, in milliseconds. */
const PAUSE_MS = 100;

/** How often weights are told of: there are thousands, and which of them it is says little. */
const WEIGHTS_MS = 50;

/** For the process that works: of weights only some are passed on; of layers each, as the next may take long and nothing can be said meanwhile. */
export function fewerWeights(tell: TellProgress): TellProgress {
  let next = 0;
  return (progress) => {
    const now = performance.now();
    if (progress.phase === "weights" && now < next) return;
    next = now + WEIGHTS_MS;
    tell(progress);
  };
}

/** For those who show it: the first at once, then the newest after each pause. `stop` drops what waits. */
export function throttled(tell: TellProgress, pauseMs = PAUSE_MS): { tell: TellProgress; stop(): void } {
  let timer: NodeJS.Timeout | undefined;
  let waiting: Progress | null = null;
  let isStopped = false;
  const next = (): void => {
    timer = undefined;
    if (waiting) now(waiting);
  };
  const now = (progress: Progress): void => {
    waiting = null;
    timer = setTimeout(next, pauseMs);
    tell(progress);
  };
  return {
    tell(progress) {
      if (isStopped) return;
      if (timer) waiting = progress;
      else now(progress);
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
