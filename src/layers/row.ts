import type { Tensor } from "@tensorflow/tfjs-core";
import type { Json, JsonObject, Shape } from "../model";
import type { Stores } from "./graph/stores";
import type { Masks } from "./masks";

/** A Python argument with its tensors in place. */
export type Bound = null | boolean | number | string | Tensor | Bound[] | { [key: string]: Bound };

/** One call of a layer: its tensors flat, and the arguments in which they stand. */
export interface BoundCall {
  tensors: Tensor[];
  args: Bound[];
  kwargs: { [name: string]: Bound };
  /** Which positions of tensors count; absent on an engine without numbers. */
  masks?: Masks;
  /** What the lists of tensors of a graph hold. */
  stores?: Stores;
}

/** What a layer asks of an input, as Keras's InputSpec says it. Axes may be negative. */
export interface InputRule {
  rank?: number;
  minRank?: number;
  maxRank?: number;
  axes?: [axis: number, size: number][];
}

/** A weight that a layer has: by Keras's name, in Keras's order. */
export interface LayerWeight {
  name: string;
  shape: number[];
  tensor: Tensor;
  /** Whether its numbers are no parameters of this layer: another layer counts them, or they are a constant that is no weight. */
  isUncounted?: boolean;
}

/** A layer of a model, ready to be built once and run often. */
export interface Runner {
  /** Makes the weights from the declared shapes of the first call's tensors. @throws Error where Keras could not build it either */
  build(inputs: Shape[], call?: DeclaredCall): void;
  /** Empty before `build`. */
  readonly weights: LayerWeight[];
  /** What Keras says of the outputs before anything runs; null where only a run can tell. @throws Error where Keras could not build the layer */
  declare(inputs: Shape[], call: DeclaredCall): (Shape | DeclaredTensor)[] | null;
  /** What the layer asks of its tensors, one rule a tensor; null asks nothing. */
  rules(): (InputRule | null)[];
  /** Runs on the current engine. The caller disposes of the results. */
  run(call: BoundCall): Tensor[];
  dispose(): void;
}

/** A call before it runs: shapes in the places of tensors. */
export interface DeclaredCall {
  args: DeclaredArgument[];
  kwargs: { [name: string]: DeclaredArgument };
}
export type DeclaredArgument = null | boolean | number | string | DeclaredTensor | DeclaredArgument[] | { [key: string]: DeclaredArgument };

/** A tensor before anything runs. `standIns`: its numbers with the first and the second stand-in for open axes, where they are known. */
export class DeclaredTensor {
  constructor(
    readonly shape: Shape,
    readonly dtype: string,
    readonly standIns: [number[], number[]] | null = null,
  ) {}
}

/** What is known of the place of a layer when it is made. */
export interface Making {
  kerasMajor: 2 | 3;
  /** Numbers of this layer's weights that are known before any file is read, by weight name. */
  knownWeights: { [name: string]: number[] };
  /** What runs the model that this layer wraps; absent where it wraps none. */
  wrapped?: Runner;
  /** Makes what runs a layer inside this one (`{"class_name": …, "config": …}`). @throws Error where nobody knows its class */
  inner(written: Json | undefined): Inner;
}

/** A layer inside a layer: what a wrapper wraps, the cell of a recurrent layer. */
export interface Inner {
  className: string;
  name: string;
  config: JsonObject;
  runner: Runner;
}

/** One row a class: how a layer of it is made from its config. */
export type MakeRunner = (config: JsonObject, making: Making) => Runner;
export type LayerTable = { [className: string]: MakeRunner };

/** What nobody can know of a layer, which is not wrong for that. The message is the reason: a clause without the layer's name. */
export class Unknown extends Error {}

/** A class that nobody knows, met inside a layer that is known. */
export class UnknownClass extends Unknown {
  constructor(readonly className: string) {
    super(`the class ${className} inside it is not known`);
  }
}
