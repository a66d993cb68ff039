import { engine, type Tensor } from "@tensorflow/tfjs-core";
import type { Look, Part } from "../look";

/** What tfjs-node's backend has besides tfjs's own interface, and this needs. */
interface NodeBackend {
  readonly binding: Binding;
  getInputTensorIds(tensors: Tensor[]): number[];
  readSync(dataId: object): Float32Array;
}

/** TensorFlow's C interface. Tensors are numbers there, to be deleted by whoever made them. */
interface Binding {
  readonly TF_FLOAT: number;
  readonly TF_INT32: number;
  readonly TF_ATTR_TYPE: number;
  readonly TF_ATTR_BOOL: number;
  readonly TF_ATTR_INT: number;
  createTensor(shape: number[], dtype: number, values: Int32Array): number;
  deleteTensor(id: number): void;
  tensorDataSync(id: number): Float32Array;
  executeOp(name: string, attributes: Attribute[], inputs: number[], outputs: number): { id: number }[];
}

interface Attribute {
  name: string;
  type: number;
  value: number | boolean;
}

/**
 * A look at a large tensor of floats by TensorFlow's own operations, which count on all cores; only results are fetched. They are called
 * past tfjs, whose bookkeeping of an operation costs five times as much as to start it.
 */
export function lookAtNative(tensor: Tensor): Look {
  const backend = engine().backend as unknown as NodeBackend;
  const run = operationsOf(backend.binding);
  const [id] = backend.getInputTensorIds([tensor]) as [number];
  const { size } = tensor;
  return {
    summary: () =>
      run.freeing(() => {
        const columns = size % COLUMNS === 0 ? COLUMNS : 1;
        const flat = run.reshape(id, [size / columns, columns]);
        const [min, max] = [Math.min(...run.alongFirst("Min", flat)), Math.max(...run.alongFirst("Max", flat))];
        const squares = 2 * (run.read(run.execute("L2Loss", [run.float], [id]))[0] as number);
        const zeros = min > 0 || max < 0 ? 0 : size - countOthers(run, flat, [size / columns, columns]);
        return { count: size, min, max, squares, zeros };
      }),
    all: () => backend.readSync(tensor.dataId),
    means: (axis) => run.freeing(() => run.read(run.reduce("Mean", id, axis))),
    part: (part) => run.freeing(() => run.read(run.part(id, part))),
  };
}

/** Along the first axis of so many columns TensorFlow goes straight through memory, twice as fast as through all numbers at once. */
const COLUMNS = 8;

/** Numbers whose signs are held at once. */
const PIECE = 2 ** 19;

/** How many of them are not 0: the square of a norm of signs. */
function countOthers(run: Operations, flat: number, [rows, columns]: [number, number]): number {
  const step = PIECE / columns;
  let count = 0;
  for (let row = 0; row < rows; row += step) {
    const piece = () => (rows > step ? run.rows(flat, row, Math.min(step, rows - row), columns) : flat);
    const norms = run.freeing(() => run.alongFirst("EuclideanNorm", run.execute("Sign", [run.float], [piece()])));
    for (const norm of norms) count += Math.round(norm * norm);
  }
  return count;
}

/** TensorFlow's operations on floats. What they take besides tensors is made once: there are thousands of calls in a run. */
class Operations {
  readonly float: Attribute;
  readonly #shape: Attribute[];
  readonly #index: Attribute[];
  readonly #reduction: Attribute[];
  readonly #strided: Attribute[];
  readonly #axes: number[] = [];
  #made: number[] = [];

  constructor(private readonly binding: Binding) {
    const { TF_ATTR_TYPE: type, TF_ATTR_BOOL, TF_ATTR_INT, TF_INT32 } = binding;
    this.float = { name: "T", type, value: binding.TF_FLOAT };
    this.#shape = [this.float, { name: "Tshape", type, value: TF_INT32 }];
    this.#index = [this.float, { name: "Index", type, value: TF_INT32 }];
    this.#reduction = [this.float, { name: "Tidx", type, value: TF_INT32 }, { name: "keep_dims", type: TF_ATTR_BOOL, value: false }];
    const masks = ["begin_mask", "end_mask", "ellipsis_mask", "new_axis_mask", "shrink_axis_mask"];
    this.#strided = [...this.#index, ...masks.map((name) => ({ name, type: TF_ATTR_INT, value: 0 }))];
  }

  /** Frees what `work` has made when it is done. */
  freeing<T>(work: () => T): T {
    const before = this.#made.length;
    try {
      return work();
    } finally {
      for (const id of this.#made.splice(before)) this.binding.deleteTensor(id);
    }
  }

  read(id: number): Float32Array {
    return this.binding.tensorDataSync(id);
  }

  execute(name: string, attributes: Attribute[], inputs: number[]): number {
    const [output] = this.binding.executeOp(name, attributes, inputs, 1) as [{ id: number }];
    return this.#keep(output.id);
  }

  reshape(id: number, shape: number[]): number {
    return this.execute("Reshape", this.#shape, [id, this.#keep(this.#list(shape))]);
  }

  reduce(name: string, id: number, axis: number): number {
    this.#axes[axis] ??= this.#list([axis]);
    return this.execute(name, this.#reduction, [id, this.#axes[axis] as number]);
  }

  alongFirst(name: string, id: number): number[] {
    return Array.from(this.read(this.reduce(name, id, 0)));
  }

  /** Shares the memory of a tensor of two axes. */
  rows(id: number, begin: number, count: number, columns: number): number {
    return this.#slice(id, [begin, 0], [count, columns]);
  }

  part(id: number, { begin, end, strides }: Part): number {
    if (strides.every((stride) => stride === 1))
      return this.#slice(
        id,
        begin,
        end.map((last, axis) => last - (begin[axis] as number)),
      );
    const lists = [begin, end, strides].map((list) => this.#keep(this.#list(list)));
    return this.execute("StridedSlice", this.#strided, [id, ...lists]);
  }

  #slice(id: number, begin: readonly number[], size: readonly number[]): number {
    return this.execute("Slice", this.#index, [id, this.#keep(this.#list(begin)), this.#keep(this.#list(size))]);
  }

  #list(values: readonly number[]): number {
    return this.binding.createTensor([values.length], this.binding.TF_INT32, Int32Array.from(values));
  }

  #keep(id: number): number {
    this.#made.push(id);
    return id;
  }
}

const ofBinding = new WeakMap<Binding, Operations>();

function operationsOf(binding: Binding): Operations {
  const known = ofBinding.get(binding) ?? new Operations(binding);
  ofBinding.set(binding, known);
  return known;
}
