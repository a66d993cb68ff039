import type { Shape } from "./shape";

/**
 * Which inputs a model takes. Sizes are those that its layers can run with the weights that they have, whatever the input check says: an
 * input that is declared open takes them as it is, one that is declared fixed would take them if it were declared anew, and no weight
 * would be lost. Channels are those that the model as it is takes (mode feed), its input check included.
 */
export interface Sizes {
  /** Smallest square image, height and width, in the declared channels; null where `reason` says why. */
  minimum: [number, number] | null;
  /** Smallest height and width that the documentation of a Keras Application names. */
  documented: [number, number] | null;
  /** The layer that cannot run one size below the minimum; null where there is none. */
  limit: string | null;
  /** Whether every size from the minimum on runs, height and width chosen freely. */
  any_size: boolean;
  /** 1 to 4; empty where the model takes no image. `layer`: where it fails, `(input)` where the input check refuses it, or where it is stretched. */
  channels: AcceptedChannels[];
  // Beyond the contract's first fields:
  /** Why nobody can say a minimum; null where there is one. */
  reason: string | null;
  /** The input that was varied, and its axes; null where none has sizes to vary. */
  input: VariedInput | null;
  /** As `minimum`, also of sequences and volumes: a number for each of `input.axes`. */
  smallest: number[] | null;
  /** What stops the size below: the message of `limit`, and the layer to look at where it is another. */
  below: Obstacle | null;
  /** What the input check says to the smallest size; null where it lets it in. */
  gate: string | null;
  /** Which of the equal sides above the minimum run; null where there is no minimum. */
  sides: ValidSides | null;
  /** What stops every large size; null where some of them run. */
  tied: Obstacle | null;
  /** What is known of the size asked for, or of the one that the model suggests. */
  wished: WishedSize | null;
}

export interface AcceptedChannels {
  channels: number;
  accepted: boolean;
  layer: string | null;
  message: string | null;
}

export type SizeAxis = "depth" | "height" | "width" | "length";

export interface VariedInput {
  name: string;
  /** Batch first. */
  declared: Shape;
  axes: SizeAxis[];
  /** Other inputs that have the same sizes and were varied with it. */
  together: string[];
}

/** A layer that cannot run. `cause`: the layer to look at where it is another. */
export interface Obstacle {
  layer: string;
  message: string;
  cause: string | null;
}

/**
 * Of sides that are equal on all axes. `ranges`: those that run, the last with an open end where no larger one was found to fail; all up to
 * `beyond.from` where large ones run only here and there, by their remainder.
 */
export interface ValidSides {
  ranges: [number, number | null][];
  /** Of sides from `from` on those run whose remainder by `period` is one of `remainders`; null where all or none do. */
  beyond: { from: number; period: number; remainders: number[] } | null;
}

export interface WishedSize {
  /** Of each axis of the input. */
  size: number[];
  /** What the input check says to it; null where it lets it in. */
  gate: string | null;
  /** Why its layers do not run; null where they do. */
  obstacle: Obstacle | null;
  /** Smallest that runs along each axis, the others as wished; null where none does. */
  smallest: (number | null)[];
  /** The longest side that was tried for `smallest`. */
  longest: number;
  /** Sizes near it that every stride divides: no layer leaves a border out, none pads one to make up for a rest. */
  even: number[][];
}

/**
 * What `findSizes` is asked. `size`: of the input's axes, e.g. height and width. Where it is left out, those of the tensors of a probe, if
 * they have such axes; else what the model suggests.
 */
export interface SizesQuestion {
  size?: number[];
  inputs?: { [name: string]: number[] };
}
