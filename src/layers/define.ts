import * as tf from "@tensorflow/tfjs-core";
import { emptyTensor } from "../engines";
import type { JsonObject, Shape } from "../model";
import type { BoundCall, DeclaredCall, InputRule, LayerWeight, MakeRunner, Making, Runner } from "./row";

/** Tensors of a layer's weights by name. */
export type Weights = { [name: string]: tf.Tensor };
export type WeightShapes = [name: string, shape: number[]][];

/**
 * A class of layers as pure functions of its options (`O`), on the operations of tfjs-core: tfjs-layers departs from Keras in many small ways.
 * All shapes are batch first; `first` is the first tensor's.
 */
export interface Definition<O> {
  /** @throws Error with the reason where the config is not one */
  options(config: JsonObject, making: Making): O;
  /** In Keras's order. */
  weights?(options: O, first: Shape, inputs: Shape[], call?: DeclaredCall): WeightShapes;
  rule?(options: O, first: Shape): InputRule;
  /** Left out where the output has the shape of the (first) input. */
  declare?(options: O, first: Shape, inputs: Shape[], call: DeclaredCall): Shape | Shape[];
  run(options: O, x: tf.Tensor, weights: Weights, call: BoundCall): tf.Tensor | tf.Tensor[];
}

/** The table's entry for a class that is written here. */
export function define<O>(definition: Definition<O>): MakeRunner {
  return (config, making) => new DefinedRunner(definition, definition.options(config, making), making);
}

class DefinedRunner<O> implements Runner {
  weights: LayerWeight[] = [];
  private byName: Weights = {};
  private asked: (InputRule | null)[] = [];

  constructor(
    private readonly definition: Definition<O>,
    private readonly options: O,
    private readonly making: Making,
  ) {}

  build(inputs: Shape[], call?: DeclaredCall): void {
    const first = inputs[0] ?? [];
    const shapes = this.definition.weights?.(this.options, first, inputs, call) ?? [];
    this.weights = shapes.map(([name, shape]) => ({ name, shape, tensor: this.weightTensor(name, shape) }));
    this.byName = Object.fromEntries(this.weights.map(({ name, tensor }) => [name, tensor]));
    this.asked = [this.definition.rule?.(this.options, first) ?? null];
  }

  private weightTensor(name: string, shape: number[]): tf.Tensor {
    const known = this.making.knownWeights[name];
    const isFit = known !== undefined && known.length === shape.reduce((count, size) => count * size, 1);
    return isFit ? tf.tensor(known, shape) : emptyTensor(shape, "float32");
  }

  declare(inputs: Shape[], call: DeclaredCall): Shape[] {
    const first = inputs[0] ?? [];
    const declared = this.definition.declare?.(this.options, first, inputs, call) ?? first;
    return isList(declared) ? declared : [declared];
  }

  rules(): (InputRule | null)[] {
    return this.asked;
  }

  run(call: BoundCall): tf.Tensor[] {
    const result = this.definition.run(this.options, call.tensors[0] as tf.Tensor, this.byName, call);
    return Array.isArray(result) ? result : [result];
  }

  dispose(): void {
    for (const { tensor } of this.weights) tensor.dispose();
  }
}

function isList(declared: Shape | Shape[]): declared is Shape[] {
  return Array.isArray(declared[0]);
}
