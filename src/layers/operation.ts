import * as tf from "@tensorflow/tfjs-core";
import { emptyTensor } from "../engines";
import type { Shape } from "../model";
import { type Bound, type BoundCall, type DeclaredArgument, type DeclaredCall, DeclaredTensor, type Runner } from "./row";

/** Arguments of an operation by the names of its parameters. */
export type Named = { [parameter: string]: Bound };

/** One row a function: the names of its parameters, as Python's caller may give them by place or by name. */
export interface OperationRow {
  parameters: readonly string[];
  run(named: Named): tf.Tensor | tf.Tensor[];
  /** What Keras says of the output before anything runs; where it is left out, two stand-ins are run for open axes. */
  declare?(named: { [parameter: string]: DeclaredArgument }): Shape | Shape[];
}

/** A layer that is one operation, without weights: Keras 2's `TFOpLambda`, Keras 3's operations. */
export class OperationRunner implements Runner {
  readonly weights = [];

  constructor(private readonly row: OperationRow) {}

  build(): void {}

  declare(_: Shape[], call: DeclaredCall): Shape[] {
    if (!this.row.declare) return this.declareByRunning(call);
    const declared = this.row.declare(bind(this.row.parameters, call.args, call.kwargs));
    return (Array.isArray(declared[0]) ? declared : [declared]) as Shape[];
  }

  /** As Keras does where it has no rule: what differs between two sizes of the open axes is open. */
  private declareByRunning(call: DeclaredCall): Shape[] {
    const [a, b] = STAND_INS.map((size) => tf.tidy(() => this.run(standIn(call, size)).map((tensor) => tensor.shape))) as [
      number[][],
      number[][],
    ];
    return a.map((shape, index) => shape.map((size, axis) => (size === b[index]?.[axis] ? size : null)));
  }

  rules(): [] {
    return [];
  }

  run(call: BoundCall): tf.Tensor[] {
    const result = this.row.run(bind(this.row.parameters, call.args, call.kwargs));
    return Array.isArray(result) ? result : [result];
  }

  dispose(): void {}
}

/** Sizes that Keras 3 puts in the place of open axes. @see Keras `compute_output_spec` of the TensorFlow backend */
const STAND_INS = [83, 89];

function bind<T>(parameters: readonly string[], args: T[], kwargs: { [name: string]: T }): { [parameter: string]: T } {
  const placed = args.slice(0, parameters.length).map((value, index) => [parameters[index] as string, value] as const);
  return { ...Object.fromEntries(placed), ...kwargs };
}

function standIn(call: DeclaredCall, size: number): BoundCall {
  const tensors: tf.Tensor[] = [];
  const fill = (argument: DeclaredArgument): Bound => {
    if (argument instanceof DeclaredTensor) {
      const tensor = emptyTensor(
        argument.shape.map((axis) => axis ?? size),
        argument.dtype as tf.DataType,
      );
      tensors.push(tensor);
      return tensor;
    }
    if (Array.isArray(argument)) return argument.map(fill);
    if (typeof argument !== "object" || argument === null) return argument;
    return mapRecord(argument, fill);
  };
  return { args: call.args.map(fill), kwargs: mapRecord(call.kwargs, fill), tensors };
}

function mapRecord<T, U>(record: { [key: string]: T }, map: (value: T) => U): { [key: string]: U } {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
