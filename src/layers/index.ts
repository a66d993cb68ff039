import type { Layer } from "../model";
import { keras3Operation, lambdaRunner } from "./operations";
import { ACTIVATION_LAYERS } from "./own/activation";
import { CONVOLUTIONS } from "./own/convolution";
import { DENSE } from "./own/dense";
import { IDLE } from "./own/idle";
import { MERGING } from "./own/merging";
import { NORMALIZATIONS } from "./own/normalization";
import { POOLINGS } from "./own/pooling";
import { PREPROCESSING } from "./own/preprocessing";
import { RESHAPINGS } from "./own/reshaping";
import type { LayerTable, Making, Runner } from "./row";

export { broadcastShapes } from "./broadcast-shapes";
export {
  type Bound,
  type BoundCall,
  type DeclaredArgument,
  type DeclaredCall,
  DeclaredTensor,
  type InputRule,
  type LayerWeight,
  type Making,
  type Runner,
} from "./row";

/** All classes by name. @throws Error at start-up where a class stands in two tables */
const TABLE: ReadonlyMap<string, LayerTable[string]> = joined([
  ACTIVATION_LAYERS,
  CONVOLUTIONS,
  DENSE,
  IDLE,
  MERGING,
  NORMALIZATIONS,
  POOLINGS,
  PREPROCESSING,
  RESHAPINGS,
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
export function makeRunner(layer: Layer, making: Making): Runner | null {
  if (layer.className === "TFOpLambda") return lambdaRunner(layer.config);
  if (layer.module?.startsWith("keras.src.ops")) return keras3Operation(layer.className);
  return TABLE.get(layer.className)?.(layer.config, making) ?? null;
}

/** Names of all classes that have a row. */
export function knownClasses(): string[] {
  return [...TABLE.keys()];
}
