import type { JsonObject } from "./json";
import type { Report } from "./report";

/** A layer that is put behind a model: its class and config as Keras writes them; what the config leaves out has Keras's default. */
export interface AppendedLayer {
  className: string;
  config: JsonObject;
}

/** Names of the ways to end a model, as programs rely on them. */
export type HeadName = "average pooling" | "max pooling" | "flatten" | "dense on positions" | "none";

/** What a way to end a model came to when it was run. */
export interface HeadOption {
  name: HeadName;
  /** What stands behind the model; empty for `none`. */
  layers: AppendedLayer[];
  /** Shape of what its first layer reads, batch first: what the model gives, or what its own classifier reads. */
  reads: number[];
  /** Shape of what the classifier reads, batch first: the model's own output where it is not reduced. */
  features: number[];
  /** Shape of what comes out at the end, batch first. */
  output: number[];
  /** Parameters of the layers behind the model. */
  parameters: number;
  /** Whether the parameters fit one number of positions only, so that the model can take no other size of input. */
  fixesSize: boolean;
}

/** Where a model ends in classes already: the layer that makes them, and what it reads. */
export interface OwnClasses {
  layer: string;
  className: string;
  activation: string | null;
  classes: number;
  /** Shape of what it reads, batch first. */
  features: number[];
}

/** The ways to end a model, run. Without options where the probe did not come through. */
export interface HeadRun {
  report: Report;
  classes: number;
  options: HeadOption[];
  /** Null where the model gives features. Else the options stand behind what that layer reads, in its place. */
  ownClasses: OwnClasses | null;
}
