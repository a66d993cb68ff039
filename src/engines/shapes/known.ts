import { type backend_util, type DataType, engine, type TensorInfo } from "@tensorflow/tfjs-core";

/** What an engine with numbers would have to store; tensors that it would let share one copy hold it together. */
export interface Storage {
  readonly bytes: number;
  holders: number;
}

/** What tfjs calls a dataId: identity of a tensor's contents, and the numbers where they are known. */
export class Contents {
  refCount = 1;
  constructor(
    public values: backend_util.BackendValues | null,
    /** Null where nobody counts. */
    readonly storage: Storage | null,
  ) {}
}

/**
 * Largest number of elements whose values are kept, by dtype. Shape arithmetic is made of integers and may grow with the
 * number of boxes or tokens; floats are wanted only where a broadcast shows them.
 */
export const MAX_KNOWN_ELEMENTS: Readonly<Record<DataType, number>> = {
  float32: 64,
  int32: 4096,
  bool: 4096,
  string: 4096,
  complex64: 0,
};

/** Whether the numbers of a tensor like this are kept when somebody knows them. */
export function isKeepable(shape: readonly number[], dtype: DataType): boolean {
  let count = 1;
  for (const size of shape) count *= size;
  return count <= MAX_KNOWN_ELEMENTS[dtype];
}

/**
 * Numbers of a tensor in row-major order where they are known (constants of at most `MAX_KNOWN_ELEMENTS`), else null.
 * A small tensor that lives on an engine with numbers is read from there.
 */
export function knownValues(tensor: TensorInfo): ArrayLike<number> | null {
  if (tensor.dtype === "string" || tensor.dtype === "complex64") return null;
  const contents = tensor.dataId;
  if (contents instanceof Contents) return contents.values as ArrayLike<number> | null;
  return isKeepable(tensor.shape, tensor.dtype) ? (engine().readSync(contents) as ArrayLike<number>) : null;
}
