import type { Edit } from "./edit";
import type { AskedPreprocessing, ImageReport } from "./image";
import type { Json } from "./json";
import type { ModelFormat } from "./model";
import type { Shape } from "./shape";

export type EngineName = "shapes" | "wasm" | "native";
export type ProbeMode = "feed" | "rebuild";
export type GateName = "constructor" | "input" | "layers";
export type LayerStatus = "ok" | "failed" | "unreached" | "unknown";
export type OperandRole = "activation" | "weight" | "constant";
export type BroadcastKind = "expands-batch" | "expands-activation" | "internal" | "mutual" | "between-activations" | "parameter" | "scalar";

/** `failure.layer` when the input gate is shut. */
export const INPUT_GATE = "(input)";

/** What happened to a probe, whole, as JSON. Every view shows reports and nothing else. Shapes are batch first and concrete. */
export interface Report {
  schema: 1;
  model: {
    name: string;
    format: ModelFormat;
    /** Who wrote the file: `keras 3.15.1`. */
    producer: string | null;
    layers: number;
    parameters: number;
    inputs: { name: string; declared: Shape; dtype: string }[];
  };
  probe: {
    inputs: Record<string, number[]>;
    mode: ProbeMode;
    engine: EngineName;
    fill: string;
    preprocess?: AskedPreprocessing;
    edit?: Edit;
  };
  /** `constructor` only for the zoo. */
  gates: { gate: GateName; open: boolean; message: string | null }[];
  /** In running order, as Keras runs them. */
  layers: LayerReport[];
  broadcasts: Broadcast[];
  /** Pretrained weights that do not fit (mode rebuild). */
  misfits: { layer: string; weight: string; pretrained: number[]; needed: number[] }[];
  /** `cause`: the layer to look at, where it is another. */
  failure: { layer: string; message: string; cause: string | null } | null;
  /** `values`: the first 16, from engines with numbers. */
  outputs: { layer: string; shape: number[]; values?: number[] }[];
  /** Ids of the layers that `probe.edit` put behind the model, in their order. */
  appended?: string[];
  /** Classes of the Keras layers that a graph was made from, by the paths of their scopes, where the file tells them. */
  scopes?: { [path: string]: string };
  /** Only from engines with numbers. */
  numbers?: NumbersReport;
  /** Only from engines with numbers, as foretold before they ran. */
  memory?: MemoryNeed;
}

/** What a run on numbers holds: the weights, and the most that activations take at once, what layers keep while they work included. */
export interface MemoryNeed {
  weightsBytes: number;
  activationBytes: number;
}

/** How a run on numbers went; what it found at each layer stands there (`milliseconds`, `stats`). */
export interface NumbersReport {
  /** How many weights have the file's numbers. */
  weightsFromFile: number;
  /** `layer/weight` of those that the file does not have, or in another shape: drawn from their initializers, the same each time. */
  drawn: string[];
  /** `layer/weight` of the file that no layer of the model wants. */
  surplus: string[];
  /** Which file they are of, where it is not the model's own, or why one that there is was not used: a sentence. */
  weightsNote?: string;
  /** The image that the probe was filled with, and what became of it; absent with other fills. */
  image?: ImageReport;
  /** Layers whose outputs had another shape than the engine `shapes` foretold: a fault of Layerscope's. */
  differing: string[];
  /** What TensorFlow itself gave for a SavedModel, on the engine `native`: the shapes of its outputs in their order, or why it gave none. */
  reference?: { outputs: number[][] } | { refused: string };
  /** Where the engine could not go on although the shapes do, and why; null where it came through. */
  ended: { layer: string; why: string } | null;
}

export interface LayerReport {
  /** Path of names: `outer/inner`. A nested model has a row of its own, before its layers. */
  id: string;
  className: string;
  status: LayerStatus;
  /** Output shapes as Keras declares them for the built model; null where nobody can know. */
  declared: Shape[] | null;
  /** Output shapes that the probe gave, at the layer's first call; null where it did not come so far. */
  output: number[][] | null;
  parameters: number;
  message?: string;
  /** Of a layer that is unknown: whether what it gives depends on numbers, so that an engine with numbers knows it. */
  needsNumbers?: true;
  /** Time that the layer's first call took, on engines with numbers. */
  milliseconds?: number;
  /** Of the first output of the first call; `nans`: how many are NaN or infinite, which the others leave out. */
  stats?: { min: number; max: number; mean: number; std: number; zeros: number; nans: number };
  // Beyond the contract's first fields, so that a graph can be drawn from a report alone:
  /** Where the tensors of the first call come from, in the order of the arguments, with the shapes that arrived. */
  inputs: LayerInput[];
  /** Names and shapes of the layer's own weights, in Keras's order. */
  weights: { name: string; shape: number[] }[];
  /** The second and further calls of a shared layer; absent where the layer is called once. */
  furtherCalls?: { inputs: LayerInput[]; status: LayerStatus; output: number[][] | null }[];
  /** True where the output is none that `declared` allows although every tensor that came in is: Keras infers this layer's shape wrongly. */
  departs?: true;
  /** Only of operations of a graph. */
  operation?: OperationReport;
  /** A nested model: its layers follow with ids `id/…`. `outputs`: the inner layers whose tensors leave it. */
  nested?: { outputs: string[] };
}

/** What a person wants to know of an operation of a graph; what there is nothing of is absent. */
export interface OperationReport {
  /** Its attributes but the types of its tensors: `{ strides: [1, 2, 2, 1], padding: "SAME" }`. */
  attributes?: { [name: string]: Json };
  /** What was fused into it, in order: `["BiasAdd", "Relu6"]`. */
  fused?: string[];
  /** What it is given that are no weights, with the first 16 numbers or texts of those that are known; `"-Infinity"` is a text in JSON. */
  constants?: { name: string; shape: number[]; values?: (number | string)[] }[];
  /** Names of the nodes of the file that were folded into it. */
  folded?: string[];
}

/** `layer`: the id of the layer in the same network that made the tensor; `call` and `output` tell which of its tensors. */
export interface LayerInput {
  layer: string;
  call: number;
  output: number;
  shape: number[] | null;
}

export interface Broadcast {
  layer: string;
  /** The operation as TensorFlow names it: `Sub`. */
  operation: string;
  operands: BroadcastOperand[];
  output: number[];
  kind: BroadcastKind;
}

export interface BroadcastOperand {
  shape: number[];
  /** Axes of the output along which this operand was repeated. */
  stretched: number[];
  role: OperandRole;
  name: string | null;
  /** Up to 8 numbers, where known. */
  values?: number[];
}

/** Kinds that happen in every model and mean nothing: in the report, and off by default in the views. */
export const ROUTINE_KINDS: ReadonlySet<BroadcastKind> = new Set(["internal", "parameter", "scalar", "between-activations"]);
