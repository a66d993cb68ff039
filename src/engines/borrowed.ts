import {
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

/** What a backend does to make a tensor of numbers; tfjs's own types leave it out. */
type Writer = KernelBackend & { write(values: unknown, shape: number[], dtype: DataType): object };

/** Registers for an engine each kernel that only the cpu engine has: the numbers go there and back. Slower, and right. */
export function borrowFromCpu(name: string): void {
  for (const { kernelName } of getKernelsForBackend("cpu"))
    if (!getKernel(kernelName, name)) registerKernel({ kernelName, backendName: name, kernelFunc: borrowed(kernelName) });
}

function borrowed(kernel: string): KernelFunc {
  return ({ inputs, attrs, backend }) => {
    const own = backend as Writer;
    const cpu = engine().findBackend("cpu") as Writer;
    const run = getKernel(kernel, "cpu")?.kernelFunc as KernelFunc;
    const moved: TensorInfo[] = [];
    const toCpu = (tensor: TensorInfo): TensorInfo => {
      const copy = copied(tensor, own, cpu);
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
  return { dataId: to.write(from.readSync(dataId), shape, dtype), shape, dtype };
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
