import type { Report } from "./report";

/** What comes of declaring a model's input as a probe has it, and of what would help where that does not do. */
export interface DeclareRun {
  /** The probe as it was. */
  report: Report;
  /** The same tensors, the input declared as they are (mode rebuild). */
  rebuilt: Report;
  /** Where a Flatten ties the size: rebuilt with global average pooling in the place of that layer. Its misfits are against the model as it was. */
  pooled: { flatten: string; className: string; report: Report } | null;
  /** A size near the one given that runs, where that does not for its size; the other inputs are as they were. */
  nearest: { shape: number[]; report: Report } | null;
}
