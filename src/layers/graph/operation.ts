import * as tf from "@tensorflow/tfjs-core";
import { emptyTensor } from "../../engines";
import type { Constant, Operation } from "../../model";
import type { BoundCall, LayerWeight, Runner } from "../row";
import { Unknown } from "../row";
import { Converted } from "./converter";

/** An operation of a graph, run by tfjs-converter's own executors. */
export class GraphOperationRunner implements Runner {
  readonly weights: LayerWeight[] = [];
  private readonly held = new Map<Constant, tf.Tensor>();
  private readonly converted: Converted;

  constructor(
    private readonly op: string,
    private readonly operation: Operation,
  ) {
    const { attributes, inputs } = operation;
    this.converted = new Converted(op, attributes, inputs.length);
  }

  build(): void {
    for (const input of this.operation.inputs) {
      if (!("constant" in input)) continue;
      const { constant } = input;
      const tensor = tensorOf(constant);
      this.held.set(constant, tensor);
      const { name, shape, dtype, isWeight, isShared, values } = constant;
      // Texts are no weights that an engine could be given.
      if ((isWeight || values === null) && dtype !== "string")
        this.weights.push({ name, shape, tensor, isUncounted: isShared || !isWeight });
    }
  }

  declare(): null {
    return null;
  }

  rules(): [] {
    return [];
  }

  run({ tensors, stores }: BoundCall): tf.Tensor[] {
    if (!this.converted.isKnown) throw new Unknown(`the operation ${this.op} is not one that tfjs runs`);
    let next = 0;
    const given = this.operation.inputs.map((input) =>
      "constant" in input ? (this.held.get(input.constant) as tf.Tensor) : (tensors[next++] as tf.Tensor),
    );
    if (!stores) throw new Error(`the operation ${this.op} runs within a graph only`);
    const constants = new Set(this.held.values());
    // What is given out belongs to the caller, who frees it; a constant is needed in the next run.
    return this.converted.run(given, stores).map((tensor) => (constants.has(tensor) ? tf.clone(tensor) : tensor));
  }

  dispose(): void {
    for (const tensor of this.held.values()) tensor.dispose();
  }
}

function tensorOf({ shape, dtype, values }: Constant): tf.Tensor {
  return values ? tf.tensor(values, shape, dtype) : emptyTensor(shape, dtype);
}
