import {
  backend_util,
  type DataType,
  engine,
  getKernel,
  getKernelsForBackend,
  type KernelBackend,
  type KernelFunc,
  type NamedTensorInfoMap,
  registerKernel,
  type TensorInfo,
} from "@tensorflow/tfjs-core";

const CPU = "cpu";

/** What a backend does to make a tensor of numbers; tfjs's own types leave it out. */
export type Writer = KernelBackend & { write(values: unknown, shape: number[], dtype: DataType): object };

const NUMBERS = { float32: Float32Array, int32: Int32Array, bool: Uint8Array } as const;

/** Registers for an engine each kernel that only the cpu engine has: the numbers go there and back. Slower, and right. */
export function borrowFromCpu(name: string): void {
  for (const { kernelName } of getKernelsForBackend(CPU))
    if (!getKernel(kernelName, name)) registerKernel({ kernelName, backendName: name, kernelFunc: borrowedKernel(kernelName) });
}

/** A kernel of the cpu engine as a kernel of another. */
export function borrowedKernel(kernel: string): KernelFunc {
  return ({ inputs, attrs, backend }) => {
    const own = backend as Writer;
    const cpu = engine().findBackend(CPU) as Writer;
    const run = getKernel(kernel, CPU)?.kernelFunc as KernelFunc;
    const moved: TensorInfo[] = [];
    const toCpu = (tensor: TensorInfo): TensorInfo => {
      const copy = tensor.dtype === "complex64" ? copiedComplex(tensor, own, cpu) : copied(tensor, own, cpu);
      moved.push(copy);
      return copy;
    };
    const given = mapInputs(inputs, toCpu);
    const results = [run({ inputs: given, attrs: attrs ?? {}, backend: cpu })].flat();
    const outputs = results.map((result) => copied(result, cpu, own));
    for (const { dataId } of new Set([...moved, ...results])) cpu.disposeData(dataId, true);
    return outputs.length === 1 ? (outputs[0] as TensorInfo) : outputs;
  };
}

function copied({ dataId, shape, dtype }: TensorInfo, from: Writer, to: Writer): TensorInfo {
  const values = from.readSync(dataId) as ArrayLike<number>;
  const Numbers = dtype === "string" || dtype === "complex64" ? undefined : NUMBERS[dtype];
  // The cpu engine's kernels keep some numbers in lists of another type.
  const fitting = Numbers && !(values instanceof Numbers) ? Numbers.from(values) : values;
  return { dataId: to.write(fitting, shape, dtype), shape, dtype };
}

/** The cpu engine keeps the two parts of complex numbers apart. */
function copiedComplex({ dataId, shape }: TensorInfo, from: Writer, cpu: Writer): TensorInfo {
  const parts = backend_util.splitRealAndImagArrays(from.readSync(dataId) as Float32Array);
  const part = (numbers: Float32Array): TensorInfo => ({ dataId: cpu.write(numbers, shape, "float32"), shape, dtype: "float32" });
  const [real, imag] = [part(parts.real), part(parts.imag)];
  const joined = getKernel("Complex", CPU)?.kernelFunc({ inputs: { real, imag }, attrs: {}, backend: cpu }) as TensorInfo;
  for (const { dataId: id } of [real, imag]) cpu.disposeData(id, true);
  return joined;
}

function mapInputs(inputs: NamedTensorInfoMap, move: (tensor: TensorInfo) => TensorInfo): NamedTensorInfoMap {
  // Einsum's are a list.
  if (Array.isArray(inputs)) return inputs.map(move) as unknown as NamedTensorInfoMap;
  const mapped = Object.entries(inputs).map(([name, value]) => {
    const given: unknown = value;
    return [name, Array.isArray(given) ? given.map(move) : given ? move(given as TensorInfo) : given];
  });
  return Object.fromEntries(mapped) as NamedTensorInfoMap;
}
