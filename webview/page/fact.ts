/** A line of a tooltip or of the detail pane. */
export interface Fact {
  label: string;
  value: string;
  tone?: "broadcast" | "failed";
  /** What the label means, for those who point at it. */
  hint?: string;
  /** Whether the value is a sentence that may need a line of its own. */
  isLong?: boolean;
}
