import type { MadeEdit } from "./edit";
import type { Operation } from "./graph";
import type { Preprocessing } from "./image";
import type { Json, JsonObject } from "./json";
import type { Shape } from "./shape";

export type ModelFormat = "zoo" | "keras-h5" | "keras-zip" | "keras-json" | "tfjs-layers" | "tfjs-graph" | "saved-model" | "frozen-graph";

/** What a file holds: layers, their wiring, configs, and a catalogue of weights. Knows nothing of running. */
export interface Model {
  name: string;
  format: ModelFormat;
  /** Who wrote the file, e.g. `keras 3.15.1`; null where the file does not say. */
  producer: string | null;
  /** Whose rules hold: 2 for Keras 2 and tf_keras (and tfjs), 3 for Keras 3. A graph (`network.kind`) has rules of its own. */
  kerasMajor: 2 | 3;
  network: Network;
  /** Empty where the file holds no weights. */
  weights: WeightEntry[];
  /** What a person should know of the file, a sentence each: `Its weights are compressed …`. */
  notes?: string[];
  /** Only for Keras Applications. */
  zoo?: ZooFacts;
  /** Of a SavedModel: what it can be asked for, in the order of the file, and which of them `network` is. */
  signatures?: { shown: string; all: Signature[] };
  /** Of a model that an edit made. */
  edited?: MadeEdit;
  /** Of a SavedModel that lies on this machine: where, and the tags of the graph that was read. */
  savedModel?: { folder: string; tags: string[] };
}

/** An entry of a SavedModel, with its names for what goes in and what comes out. */
export interface Signature {
  name: string;
  inputs: string[];
  outputs: string[];
}

/**
 * `graph`: operations. `loop` and `branches` are what runs inside an operation that is one: their layers are networks, of a loop the
 * condition and the body, each called with what the operation is called with; of branches one for each, of which one is called.
 */
export type NetworkKind = "functional" | "sequential" | "graph" | "loop" | "branches";

/** Layers and how they are wired; a Sequential is written out as a chain that begins with an InputLayer. */
export interface Network {
  name: string;
  className: string;
  kind: NetworkKind;
  /** In the order of the config, or of the file. */
  layers: Layer[];
  /** Flat, in the order of the config. */
  inputs: TensorRef[];
  outputs: TensorRef[];
  /** Set where inputs lie in structures within structures, of which Keras compares no axes. */
  hasNestedInputs?: true;
  /** Of a graph made from Keras layers: their classes by the paths of their scopes (`model/Conv1`), where the file tells them. */
  scopes?: { [path: string]: { className: string } };
  /** Shape a deferred Sequential was built with; absent otherwise. */
  buildInputShape?: Shape;
}

export interface Layer {
  /** Path of names within the model: `mobilenetv2/Conv1`. */
  id: string;
  name: string;
  className: string;
  /** Where the class comes from, as the file says (`keras.layers`, `tf_keras.src.layers…`); null where it does not. */
  module: string | null;
  /** As registered by `register_keras_serializable` (`Custom>Scale`); null where the file does not say. */
  registeredName: string | null;
  config: JsonObject;
  /** Keras 3's `build_config`, which tells the input shapes that a layer was built with. */
  buildConfig: JsonObject | null;
  /** One for each time the layer is called; an InputLayer has none. */
  calls: Call[];
  /** A nested model. */
  network?: Network;
  /** What a layer of a graph of operations does; Keras's layers have none. */
  operation?: Operation;
  /** A model that a wrapper repeats: `TimeDistributed(model)`. Unlike a nested one it is no part of the model's wiring. */
  wrapped?: Network;
}

/** One call of a layer, with tensors of other layers among its arguments. */
export interface Call {
  args: Argument[];
  kwargs: { [name: string]: Argument };
}

/** Output number `output` of call number `call` of the layer named `layer` in the same network. */
export interface TensorRef {
  layer: string;
  call: number;
  output: number;
}

/** A Python argument: JSON, with `{ tensor: TensorRef }` where Keras passes a tensor. Other objects are kept as they are. */
export type Argument = null | boolean | number | string | TensorArgument | Argument[] | { [key: string]: Argument };
export interface TensorArgument {
  tensor: TensorRef;
}

/** A weight that the file holds: known by name, shape and place, not read. */
export interface WeightEntry {
  /** Id of the layer that owns it; null where no layer could be told. */
  layer: string | null;
  /** As the layer calls it: `kernel`, `moving_mean`. */
  name: string;
  shape: number[];
  dtype: string;
  /** Path in the source (`group1-shard1of2.bin`) and what is needed to find the bytes there. */
  at: {
    file: string;
    /** HDF5: path of the dataset. `offset` and `sizeBytes` then tell where in `file` the HDF5 file lies, if it is a part of it. */
    dataset?: string;
    offset?: number;
    sizeBytes?: number;
    /** Files in which the bytes go on, in order, where `file` ends before they do. */
    furtherFiles?: string[];
    /** Where fewer numbers are stored than the shape has: the last one stands for all the others. */
    repeatsLast?: true;
    quantization?: Json;
  };
}

/** What is known of a Keras Application beside its config. */
export interface ZooFacts {
  architecture: string;
  includeTop: boolean;
  weights: "imagenet" | null;
  pooling: "avg" | "max" | null;
  /** `3`: Keras 3; `2`: the last tf_keras; `2.9`: the EfficientNet spelling of TensorFlow ≤ 2.11. */
  generation: "3" | "2" | "2.9";
  /** Height and width in pixels that the constructor assumes. */
  defaultSize: [number, number];
  /** Smallest height and width that the documentation and the constructor allow; null where they name none. */
  documentedMinimum: [number, number] | null;
  /** Name of the file in `~/.keras/models`; null for `weights=None`. */
  weightFile: string | null;
  /** Values of the weights of the normalizing stem by `layer/weight`, e.g. `normalization/mean`; empty where the config holds them. */
  knownWeights: { [path: string]: number[] };
  /** What its `preprocess_input` does to pixels; `none` where the model rescales by itself. */
  preprocessing: Preprocessing;
}

const GRAPH_FORMATS: ReadonlySet<ModelFormat> = new Set(["tfjs-graph", "saved-model", "frozen-graph"]);

/** What the layers of a file of this format are called: a graph has operations. */
export function layerNoun(format: ModelFormat): "layer" | "operation" {
  return GRAPH_FORMATS.has(format) ? "operation" : "layer";
}
