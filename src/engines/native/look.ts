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
  const run = new Operations(backend.binding);
  const [id] = backend.getInputTensorIds([tensor]) as [number];
  const { size, rank } = tensor;
  return {
    summary: () =>
      run.freeing(() => {
        const columns = size % COLUMNS === 0 ? COLUMNS : 1;
        const flat = run.reshape(id, [size / columns, columns]);
        return {
          count: size,
          min: Math.min(...run.alongFirst("Min", flat)),
          max: Math.max(...run.alongFirst("Max", flat)),
          squares: 2 * (run.read(run.execute("L2Loss", [run.float], [id]))[0] as number),
          zeros: size - countOthers(run, flat, [size / columns, columns]),
        };
      }),
    all: () => backend.readSync(tensor.dataId),
    means: (axis) => run.freeing(() => run.read(run.reduce("Mean", id, axis))),
    part: (part) => run.freeing(() => run.read(run.part(id, part, rank))),
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

/** Operations whose outputs are freed together. */
class Operations {
  readonly float: Attribute;
  #made: number[] = [];

  constructor(private readonly binding: Binding) {
    this.float = this.#type("T", binding.TF_FLOAT);
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
    return this.execute("Reshape", [this.float, this.#integers("Tshape")], [id, this.#list(shape)]);
  }

  reduce(name: string, id: number, axis: number): number {
    const keepDims = { name: "keep_dims", type: this.binding.TF_ATTR_BOOL, value: false };
    return this.execute(name, [keepDims, this.float, this.#integers("Tidx")], [id, this.#list([axis])]);
  }

  alongFirst(name: string, id: number): number[] {
    return Array.from(this.read(this.reduce(name, id, 0)));
  }

  /** Shares the memory of a tensor of two axes. */
  rows(id: number, begin: number, count: number, columns: number): number {
    return this.execute("Slice", [this.float, this.#integers("Index")], [id, this.#list([begin, 0]), this.#list([count, columns])]);
  }

  part(id: number, { begin, end, strides }: Part, rank: number): number {
    const masks = ["begin_mask", "end_mask", "ellipsis_mask", "new_axis_mask", "shrink_axis_mask"];
    const none = masks.map((name) => ({ name, type: this.binding.TF_ATTR_INT, value: 0 }));
    const lists = [begin, end, strides].map((list) => this.#list(list.slice(0, rank)));
    return this.execute("StridedSlice", [this.float, this.#integers("Index"), ...none], [id, ...lists]);
  }

  #list(values: number[]): number {
    return this.#keep(this.binding.createTensor([values.length], this.binding.TF_INT32, Int32Array.from(values)));
  }

  #integers(name: string): Attribute {
    return this.#type(name, this.binding.TF_INT32);
  }

  #type(name: string, value: number): Attribute {
    return { name, type: this.binding.TF_ATTR_TYPE, value };
  }

  #keep(id: number): number {
    this.#made.push(id);
    return id;
  }
}
