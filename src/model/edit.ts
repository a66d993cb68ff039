import type { AppendedLayer } from "./head";
import type { Report } from "./report";

/** What is done to a model before a probe is sent through it, in this order. What is left out is not done. */
export interface Edit {
  /** Ends the model at the output of this layer, by its id: `get_layer("mixed7").output`. */
  cut?: string;
  /** Ends it at what its own classifier reads, where it has one. */
  removeTop?: true;
  /** Layers behind that end, as Python calls them, in a chain: `Conv2D(64, 3)|GlobalAveragePooling2D()|Dense(9)`. */
  append?: string;
}

/** Whether two edits ask for the same. */
export function sameEdit(a: Edit | undefined, b: Edit | undefined): boolean {
  return a?.cut === b?.cut && a?.removeTop === b?.removeTop && a?.append === b?.append;
}

/** What an edit comes to on a model: its layers read, its end found. */
export interface SettledEdit {
  /**
   * The layer at which the model ends, and whether at what it gives or at what it reads (`at` is null where Keras has no name for what a
   * model inside gives); null where its own end stays. `isTop`: it is the model's own classifier.
   */
  end: { layer: string; at: "output" | "input" | null; isTop?: true } | null;
  appended: AppendedLayer[];
}

/** An edit that a model was made by, of another. */
export interface MadeEdit extends SettledEdit {
  /** Ids of the appended layers, in their order. */
  ids: string[];
  /** What the model declared before. */
  before: Report["model"]["inputs"];
  /** Of each input the shape that is declared now, an open axis as the probe had it, batch first. */
  declared: { [input: string]: number[] };
}
