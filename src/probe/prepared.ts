import type { LayerWeight, Runner } from "../layers";
import type { Layer, LayerReport, Model, Network, Shape, TensorRef } from "../model";
import type { Node } from "./order";

/** A model whose layers are built once, as Keras builds them from what the file declares. */
export interface PreparedModel {
  model: Model;
  /** Number of layers as Keras counts `model.layers`. */
  layers: number;
  /** As Keras's `model.count_params()`. */
  parameters: number;
  inputs: PreparedInput[];
  network: PreparedNetwork;
  /** Weights by the identity of their contents. */
  weightsById: WeakMap<object, WeightOwner>;
  /** Frees the weights. */
  dispose(): void;
}

export interface PreparedInput {
  name: string;
  /** Batch first. */
  declared: Shape;
  dtype: string;
  /** What a probe bar is filled with at first. */
  suggested: number[];
}

export interface WeightOwner {
  layerId: string;
  name: string;
}

export interface PreparedNetwork {
  network: Network;
  /** In running order, inputs first. */
  steps: Step[];
  /** Steps of the network's inputs, in the order of its arguments. */
  inputSteps: number[];
  /** Where the network's outputs come from. */
  outputs: Source[];
  layers: PreparedLayer[];
  /** Whether an operation in it hands its tensor on at one of two outputs; most graphs have none, and no Keras model. */
  hasSwitch: boolean;
}

/** One call of one layer. */
export interface Step {
  network: PreparedNetwork;
  index: number;
  node: Node;
  layer: PreparedLayer;
  sources: Source[];
  /** Ids of the layers that the tensors come from. */
  sourceIds: string[];
  /** Which of its sources it works on, by number: masks are none. Null where it is all of them. */
  dataPlaces: number[] | null;
  /** How often the tensors of this step are read, by other steps and as outputs of the network. */
  readers: number;
  /** Output shapes as Keras declares them; null where nobody can know. */
  declared: Shape[] | null;
}

/** Output number `output` of step number `step`. */
export interface Source {
  step: number;
  output: number;
  ref: TensorRef;
}

/** All layers of a network, those of each nested model behind it. */
export function allLayers({ layers }: PreparedNetwork): PreparedLayer[] {
  return layers.flatMap((layer) => [layer, ...(layer.nested ? allLayers(layer.nested) : [])]);
}

export interface PreparedLayer {
  layer: Layer;
  /** Its calls in running order; those that no output needs are missing. */
  steps: Step[];
  isInput: boolean;
  /** Null for inputs, nested models and classes that nobody knows. */
  runner: Runner | null;
  isBuilt: boolean;
  /** Why Keras could not have built it; null where all is well. */
  flaw: string | null;
  /** Why nobody can know what it does; null where somebody can. */
  unknownBecause: string | null;
  nested: PreparedNetwork | null;
  weights: Pick<LayerWeight, "name" | "shape">[];
  parameters: number;
  /** Shapes of the first call's tensors that it was built for. */
  builtFor: Shape[] | null;
  declared: LayerReport["declared"];
}
