import { type DataType, engine, type NamedAttrMap, type NamedTensorMap, type Tensor, tensor, tidy } from "@tensorflow/tfjs-core";
import { emptyTensor, useShapesEngine } from "../../../src/engines";
import { useCpu } from "../cpu";

/** An input of a kernel; `values` where the kernel looks at the numbers (indices), else ones or, for integers, zeros. */
export interface Operand {
  shape: number[];
  dtype: DataType;
  values?: number[];
}
export type Operands = Record<string, Operand | Operand[]> | Operand[];

/** One run of one kernel. `expected` where the cpu backend has no such kernel, or another opinion than TensorFlow. */
export interface KernelCase {
  kernel: string;
  inputs: Operands;
  attrs?: Record<string, unknown>;
  expected?: Outputs;
}
export type Outputs = { shape: number[]; dtype: DataType }[];

const operand =
  (dtype: DataType) =>
  (...shape: number[]): Operand => ({ shape, dtype });
export const f = operand("float32");
export const i = operand("int32");
export const b = operand("bool");
export const s = operand("string");
export const c = operand("complex64");
/** A vector of integers whose numbers matter. */
export const ints = (...values: number[]): Operand => ({ shape: [values.length], dtype: "int32", values });

export function runCase(kind: "cpu" | "shapes" | "known", { kernel, inputs, attrs }: KernelCase): { outputs: Outputs; values: number[][] } {
  return onBackend(kind === "cpu" ? "cpu" : "shapes", () => {
    const made = makeInputs(inputs, kind === "shapes" ? unknownTensor : knownTensor);
    const result = engine().runKernel(kernel, made, (attrs ?? {}) as NamedAttrMap) as Tensor | Tensor[];
    const outputs = [result].flat();
    return {
      outputs: outputs.map(({ shape, dtype }) => ({ shape: [...shape], dtype })),
      values: kind === "shapes" ? [] : outputs.filter(({ dtype }) => dtype !== "complex64").map((output) => [...output.dataSync()]),
    };
  });
}

function onBackend<T>(name: "cpu" | "shapes", run: () => T): T {
  if (name === "cpu") useCpu();
  else useShapesEngine();
  let result: T | undefined;
  tidy(() => {
    result = run();
  });
  return result as T;
}

function makeInputs(inputs: Operands, make: (operand: Operand) => Tensor): NamedTensorMap {
  const entries = Object.entries(inputs).map(([name, one]) => [name, Array.isArray(one) ? one.map(make) : make(one)]);
  const map = Object.fromEntries(entries);
  return (Array.isArray(inputs) ? Object.values(map) : map) as NamedTensorMap;
}

function unknownTensor({ shape, dtype }: Operand): Tensor {
  return emptyTensor(shape, dtype);
}

function knownTensor({ shape, dtype, values }: Operand): Tensor {
  const count = shape.reduce((product, size) => product * size, 1);
  return tensor(values ?? new Array<number>(count).fill(dtype === "int32" ? 0 : 1), shape, dtype);
}

export function title({ kernel, inputs, attrs }: KernelCase): string {
  const shapes = Object.values(inputs)
    .flat()
    .map((one) => `${one.dtype}[${one.shape}]`)
    .join(" ");
  return `${kernel} ${shapes} ${attrs ? JSON.stringify(attrs) : ""}`;
}
