import type { Tensor } from "@tensorflow/tfjs-core";
import type { layers } from "@tensorflow/tfjs-layers";
import type { JsonObject, Shape } from "../model";
import type { BoundCall, InputRule, LayerWeight, MakeRunner, Making, Runner } from "./row";

export type TfjsLayer = layers.Layer;

/** What a row says of a class that tfjs-layers has. */
export interface TfjsRow {
  /** Makes the layer; the config is Keras's. @throws Error with the reason where it cannot be */
  make(config: JsonObject, making: Making): TfjsLayer;
  /** Left out where tfjs-layers declares as Keras does. */
  declare?(config: JsonObject, first: Shape, inputs: Shape[]): Shape | Shape[];
  rule?(config: JsonObject, first: Shape): InputRule;
}

/** The table's entry for a class whose code is tfjs-layers'. */
export function fromTfjs(row: TfjsRow): MakeRunner {
  return (config, making) => new TfjsRunner(row, config, row.make(config, making));
}

/** Runs one layer of tfjs-layers by its `call`, past its checks of shapes: those that Keras makes are made by rules. */
class TfjsRunner implements Runner {
  weights: LayerWeight[] = [];
  private rule: InputRule | null = null;

  constructor(
    private readonly row: TfjsRow,
    private readonly config: JsonObject,
    private readonly layer: TfjsLayer,
  ) {}

  build(inputs: Shape[]): void {
    const first = inputs[0] ?? [];
    this.rule = this.row.rule?.(this.config, first) ?? null;
    this.layer.build(inputs.length === 1 ? first : inputs);
    this.weights = this.layer.weights.map((weight) => {
      const tensor = weight.read();
      return { name: weight.originalName.slice(weight.originalName.lastIndexOf("/") + 1), shape: tensor.shape, tensor };
    });
  }

  declare(inputs: Shape[]): Shape[] {
    const first = inputs[0] ?? [];
    const declared = this.row.declare?.(this.config, first, inputs) ?? this.layer.computeOutputShape(inputs.length === 1 ? first : inputs);
    return Array.isArray(declared[0]) ? (declared as Shape[]) : [declared as Shape];
  }

  rules(): (InputRule | null)[] {
    return [this.rule];
  }

  run({ tensors }: BoundCall): Tensor[] {
    const result = this.layer.call(tensors.length === 1 ? (tensors[0] as Tensor) : tensors, {});
    return Array.isArray(result) ? result : [result];
  }

  dispose(): void {
    for (const weight of this.layer.weights) weight.dispose();
  }
}
