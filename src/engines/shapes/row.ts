import type { DataType, NamedTensorInfoMap, TensorInfo } from "@tensorflow/tfjs-core";

/** What is known of an output before anything runs. */
export interface TensorSpec {
  shape: number[];
  dtype: DataType;
}

/** Inputs of a kernel by name. */
export type Tensors<Name extends string> = Record<Name, TensorInfo>;

/**
 * Output of a kernel from its inputs' shapes and attributes; null where it depends on the inputs' numbers too.
 * @throws ShapeError where TensorFlow would refuse the inputs.
 */
export type ShapeRule<Inputs, Attrs> = (inputs: Inputs, attrs: Attrs) => TensorSpec | TensorSpec[] | null;

/** One kernel of tfjs. */
export interface KernelRow {
  kernel: string;
  rule: ShapeRule<NamedTensorInfoMap, unknown>;
  /** Whether known inputs give known outputs; false for chance, for effects on the world, and where the cpu backend knows too little. */
  folds: boolean;
}

/** A row of a kernel table; `Inputs` and `Attrs` are what tfjs passes to the kernel. */
export function row<Inputs, Attrs>(kernel: string, rule: ShapeRule<Inputs, Attrs>, folds = true): KernelRow {
  return { kernel, rule: rule as unknown as KernelRow["rule"], folds };
}

/** Rows for kernels that share a rule. */
export function rows<Inputs, Attrs>(kernels: readonly string[], rule: ShapeRule<Inputs, Attrs>, folds = true): KernelRow[] {
  return kernels.map((kernel) => row(kernel, rule, folds));
}

/** Rows for kernels whose output's shape depends on the inputs' numbers: they run only where those are known. */
export function rowsByNumbers(kernels: readonly string[]): KernelRow[] {
  return rows(kernels, () => null);
}

/** An output with the shape of `tensor`, and its dtype unless another is given. */
export function like(tensor: TensorInfo, dtype: DataType = tensor.dtype): TensorSpec {
  return { shape: tensor.shape.slice(), dtype };
}
