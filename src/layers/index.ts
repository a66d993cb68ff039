import { isObject, type Json, type Layer, type Shape } from "../model";
import { compressible } from "./compressed";
import { isForeignInside } from "./foreign";
import { GraphOperationRunner } from "./graph/operation";

export { Stores } from "./graph/stores";

import { isKnownOperation, keras3Operation, lambdaRunner } from "./operations";
import { ACTIVATION_LAYERS } from "./own/activation";
import { ADAPTIVE } from "./own/adaptive";
import { ATTENTION } from "./own/attention";
import { AUDIO } from "./own/audio";
import { CHANCE } from "./own/chance";
import { CONVOLUTIONS } from "./own/convolution";
import { DENSE } from "./own/dense";
import { DYNAMIC } from "./own/dynamic";
import { EINSUM } from "./own/einsum";
import { EMBEDDINGS } from "./own/embedding";
import { ENCODINGS } from "./own/encoding";
import { HASHINGS } from "./own/hashing";
import { HEADS } from "./own/heads";
import { IDLE } from "./own/idle";
import { LINEAR } from "./own/linear";
import { LOCALLY_CONNECTED } from "./own/locally-connected";
import { LOOKUPS } from "./own/lookup";
import { MERGING } from "./own/merging";
import { NORMALIZATIONS } from "./own/normalization";
import { PIPELINES } from "./own/pipeline";
import { POOLINGS } from "./own/pooling";
import { PREPARATIONS } from "./own/preparation";
import { PREPROCESSING } from "./own/preprocessing";
import { RECURRENT } from "./own/recurrent";
import { RESHAPINGS } from "./own/reshaping";
import { TRANSPOSED } from "./own/transposed";
import { UPSAMPLINGS } from "./own/upsampling";
import { VECTORIZATIONS } from "./own/vectorization";
import { WRAPPERS } from "./own/wrapper";
import { type Inner, type LayerTable, type Making, type Runner, UnknownClass } from "./row";

export { isForeign } from "./foreign";
export { followMasks } from "./masking";
export { Masks } from "./masks";
export {
  type BoundCall,
  type DeclaredCall,
  DeclaredTensor,
  type InputRule,
  type LayerWeight,
  type Making,
  type Runner,
  Unknown,
  UnknownClass,
} from "./row";
export { UNKNOWABLE, whyUnknown } from "./unknown";
export { layersWritten, wholeConfig } from "./written";

/** All classes by name. @throws Error at start-up where a class stands in two tables */
const TABLE: ReadonlyMap<string, LayerTable[string]> = joined([
  ACTIVATION_LAYERS,
  compressible(CONVOLUTIONS),
  compressible(DENSE),
  IDLE,
  MERGING,
  NORMALIZATIONS,
  POOLINGS,
  PREPROCESSING,
  RESHAPINGS,
  ADAPTIVE,
  ATTENTION,
  compressible(EMBEDDINGS),
  PREPARATIONS,
  RECURRENT,
  TRANSPOSED,
  UPSAMPLINGS,
  WRAPPERS,
  compressible(EINSUM),
  AUDIO,
  CHANCE,
  DYNAMIC,
  ENCODINGS,
  HASHINGS,
  HEADS,
  LINEAR,
  LOCALLY_CONNECTED,
  LOOKUPS,
  PIPELINES,
  VECTORIZATIONS,
]);

function joined(tables: LayerTable[]): Map<string, LayerTable[string]> {
  const all = new Map<string, LayerTable[string]>();
  for (const [name, make] of tables.flatMap((table) => Object.entries(table))) {
    if (all.has(name)) throw new Error(`the class ${name} stands in two tables`);
    all.set(name, make);
  }
  return all;
}

/**
 * What runs a layer; null where nobody knows its class.
 * @throws Error with the reason where its config cannot be what Keras writes
 */
export function makeRunner(layer: Layer, known: Omit<Making, "inner">): Runner | null {
  if (layer.operation) return new GraphOperationRunner(layer.className, layer.operation);
  if (layer.className === "TFOpLambda" || layer.className === "SlicingOpLambda") return lambdaRunner(layer.config);
  if (isOperation(layer, known.kerasMajor)) return keras3Operation(layer.className, layer.config);
  return TABLE.get(layer.className)?.(layer.config, makingWith(known)) ?? null;
}

/**
 * Whether a node of Keras 3 is an operation on tensors, which `model.layers` leaves out, rather than a layer. An .h5 does not tell
 * modules: there it shows in the config, as every layer of Keras 3 but an input writes whether it is trainable.
 */
export function isOperation({ module, className, config, network }: Layer, kerasMajor: 2 | 3): boolean {
  if (module !== null) return /^keras\.(src\.)?ops\b/.test(module);
  const isBare = kerasMajor === 3 && !network && className !== "InputLayer" && !("trainable" in config);
  return isBare && (isKnownOperation(className) || !TABLE.has(className));
}

function makingWith(known: Omit<Making, "inner">): Making {
  const making: Making = { ...known, inner: (written) => innerOf(written, making) };
  return making;
}

function innerOf(written: Json | undefined, making: Making): Inner {
  const className = isObject(written) ? written["class_name"] : null;
  if (!isObject(written) || typeof className !== "string" || !isObject(written["config"]))
    throw new Error("the layer inside it is not written down");
  const { config } = written;
  const name = typeof config["name"] === "string" ? config["name"] : className;
  if (making.wrapped) return { className, name, config, runner: making.wrapped };
  const make = isForeignInside(written) ? undefined : TABLE.get(className);
  if (!make) throw new UnknownClass(className);
  const runner = make(config, { ...making, knownWeights: {} });
  const told = making.kerasMajor === 3 ? toldShape(written["build_config"]) : null;
  return { className, name, config, runner: told ? builtFor(runner, told) : runner };
}

/** Keras 3 builds what is inside a layer when it reads it, for the shape that it had, whatever the layer around it is given. */
function builtFor(runner: Runner, told: Shape): Runner {
  const build = runner.build.bind(runner);
  runner.build = ([_, ...others], call) => build([told, ...others], call);
  return runner;
}

function toldShape(written: Json | undefined): Shape | null {
  const shape = isObject(written) ? written["input_shape"] : null;
  const isShape = Array.isArray(shape) && shape.every((size) => size === null || typeof size === "number");
  return isShape ? (shape as Shape) : null;
}

/** Names of all classes that have a row. */
export function knownClasses(): string[] {
  return [...TABLE.keys()];
}
