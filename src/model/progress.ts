/** How far a run on numbers is: how many weights have theirs, then which layer runs, and which of how many it is. */
export type Progress = { phase: "weights"; done: number; of: number } | { phase: "layers"; layer: string; done: number; of: number };

/** `block3a_expand_conv, 57 of 237` */
export function progressWords(progress: Progress): string {
  return `${progress.phase === "weights" ? "weights" : progress.layer}, ${progress.done} of ${progress.of}`;
}
