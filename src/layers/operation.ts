import * as tf from "@tensorflow/tfjs-core";
import { emptyTensor, knownValues } from "../engines";
import { type JsonObject, type Shape, sameShape } from "../model";
import { type Bound, type BoundCall, type DeclaredArgument, type DeclaredCall, DeclaredTensor, type Runner } from "./row";

/** Arguments of an operation by the names of its parameters. */
export type Named = { [parameter: string]: Bound };

/**
 * One row a function: the names of its parameters, as Python's caller may give them by place or by name. What another library calls the
 * same parameter stands behind it (`axis|reduction_indices`): `run` and `declare` are given the first name.
 */
export interface OperationRow {
  parameters: readonly string[];
  run(named: Named): tf.Tensor | tf.Tensor[];
  /** What Keras says of the output before anything runs; where it is left out, two stand-ins are run for open axes. */
  declare?(named: { [parameter: string]: DeclaredArgument }): Shape | Shape[];
}

/** A row with its parameters in one line (`"x|input axis keepdims"`); the first may take all that are given by place (`"*operands"`). */
export function operation(parameters: string, run: OperationRow["run"], declare?: OperationRow["declare"]): OperationRow {
  return { parameters: parameters.split(" "), run, ...(declare ? { declare } : {}) };
}

/** Sizes that Keras 3 puts in the place of open axes. @see Keras `compute_output_spec` of the TensorFlow backend */
const STAND_INS = [83, 89] as const;

/** A layer that is one operation, without weights: tf_keras's `TFOpLambda`, Keras 3's operations, some of whose arguments are in the config. */
export class OperationRunner implements Runner {
  readonly weights = [];
  private readonly parameters: Parameters;
  private readonly written: { [name: string]: never };

  constructor(
    private readonly row: OperationRow,
    { name: _, trainable: __, ...written }: JsonObject,
  ) {
    this.parameters = new Parameters(row.parameters);
    this.written = this.parameters.renamed(written) as { [name: string]: never };
  }

  build(): void {}

  declare(_: Shape[], call: DeclaredCall): (Shape | DeclaredTensor)[] | null {
    if (!this.row.declare) return this.declareByRunning(call);
    const declared = this.row.declare({ ...this.written, ...this.parameters.bind(call) });
    const shapes = (Array.isArray(declared[0]) ? declared : [declared]) as Shape[];
    if (!hasOtherThanFloats([...call.args, call.kwargs])) return shapes;
    // Whole numbers may become sizes: what they are is worth a run.
    const seen = this.declareByRunning(call);
    return shapes.map((shape, index) => {
      const { dtype = "float32", standIns = null, shape: other = null } = seen?.[index] ?? {};
      return new DeclaredTensor(shape, dtype, other && sameShape(shape, other) ? standIns : null);
    });
  }

  /** As Keras does where it has no rule: what differs between two sizes of the open axes is open. Small integers are kept: they may become sizes. */
  private declareByRunning(call: DeclaredCall): DeclaredTensor[] | null {
    const [a, b] = [this.look(call, 0), this.look(call, 1)];
    if (!a || !b) return null;
    return a.map(({ shape, dtype, values }, index) => {
      const other = b[index] as Seen;
      const open = shape.map((size, axis) => (size === other.shape[axis] ? size : null));
      const isWhole = dtype === "int32" && values && other.values && !open.includes(null);
      return new DeclaredTensor(open, dtype, isWhole ? [values, other.values as number[]] : null);
    });
  }

  /** Null where the operation refuses the stand-in: the size that comes may well fit. */
  private look(call: DeclaredCall, which: 0 | 1): Seen[] | null {
    let looks: Seen[] | null = null;
    tf.tidy(() => {
      try {
        looks = this.run(standIn(call, which)).map(seen);
      } catch {
        looks = null;
      }
    });
    return looks;
  }

  rules(): [] {
    return [];
  }

  run(call: BoundCall): tf.Tensor[] {
    const result = this.row.run({ ...this.written, ...this.parameters.bind(call) });
    return Array.isArray(result) ? result : [result];
  }

  dispose(): void {}
}

interface Seen {
  shape: number[];
  dtype: string;
  values: number[] | null;
}

function seen(tensor: tf.Tensor): Seen {
  const values = tensor.dtype === "int32" ? knownValues(tensor) : null;
  return { shape: tensor.shape, dtype: tensor.dtype, values: values && Array.from(values) };
}

/** Names of parameters in order, with the other names that each goes by. */
class Parameters {
  private readonly first: string[];
  private readonly others = new Map<string, string>();

  constructor(parameters: readonly string[]) {
    this.first = parameters.map((parameter) => {
      const [name = "", ...others] = parameter.split("|");
      for (const other of others) this.others.set(other, name);
      return name;
    });
  }

  bind<T>({ args, kwargs }: { args: T[]; kwargs: { [name: string]: T } }): { [parameter: string]: T } {
    const [first = ""] = this.first;
    if (first.startsWith("*")) return { [first.slice(1)]: args as T, ...this.renamed(kwargs) };
    const placed = args.slice(0, this.first.length).map((value, index) => [this.first[index] as string, value] as const);
    return { ...Object.fromEntries(placed), ...this.renamed(kwargs) };
  }

  renamed<T>(named: { [name: string]: T }): { [parameter: string]: T } {
    if (this.others.size === 0) return named;
    return Object.fromEntries(Object.entries(named).map(([name, value]) => [this.others.get(name) ?? name, value]));
  }
}

function hasOtherThanFloats(argument: DeclaredArgument): boolean {
  if (argument instanceof DeclaredTensor) return argument.dtype !== "float32";
  return typeof argument === "object" && argument !== null && Object.values(argument).some(hasOtherThanFloats);
}

/** The call with tensors whose open axes have the first or the second stand-in's size. */
function standIn(call: DeclaredCall, which: 0 | 1): BoundCall {
  const tensors: tf.Tensor[] = [];
  const fill = (argument: DeclaredArgument): Bound => {
    if (argument instanceof DeclaredTensor) {
      const tensor = standInTensor(argument, which);
      tensors.push(tensor);
      return tensor;
    }
    if (Array.isArray(argument)) return argument.map(fill);
    if (typeof argument !== "object" || argument === null) return argument;
    return mapRecord(argument, fill);
  };
  return { args: call.args.map(fill), kwargs: mapRecord(call.kwargs, fill), tensors };
}

function standInTensor({ shape, dtype, standIns }: DeclaredTensor, which: 0 | 1): tf.Tensor {
  const sizes = shape.map((size) => size ?? STAND_INS[which]);
  return standIns ? tf.tensor(standIns[which], sizes, "int32") : emptyTensor(sizes, dtype as tf.DataType);
}

function mapRecord<T, U>(record: { [key: string]: T }, map: (value: T) => U): { [key: string]: U } {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
