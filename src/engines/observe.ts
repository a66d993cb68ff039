import {
  getBackend,
  getKernelsForBackend,
  type KernelConfig,
  type NamedAttrMap,
  type NamedTensorInfoMap,
  type TensorInfo,
} from "@tensorflow/tfjs-core";

/** What a kernel saw. */
export interface KernelCall {
  kernel: string;
  inputs: NamedTensorInfoMap;
  outputs: TensorInfo[];
  attrs: NamedAttrMap | undefined;
}

type Observer = (call: KernelCall) => void;

/** Observers of a backend, and the wrapping that serves them; the kernels are unwrapped when the last one leaves. */
interface Observation {
  observers: Set<Observer>;
  unwrap: () => void;
}
const observations = new Map<string, Observation>();

/** How many kernels are running inside one another; also those of another backend, which the engine `shapes` folds with. */
let depth = 0;

/**
 * Calls `observer` after each kernel that runs on the backend that is current now, until the returned function is called.
 * Kernels that a kernel runs inside itself are not told. While nobody observes, kernels run as they were registered.
 */
export function observeKernels(observer: Observer): () => void {
  const backend = getBackend();
  const observation = observations.get(backend) ?? startObservation(backend);
  observation.observers.add(observer);
  return () => {
    if (!observation.observers.delete(observer) || observation.observers.size > 0) return;
    observation.unwrap();
    observations.delete(backend);
  };
}

function startObservation(backend: string): Observation {
  const observers = new Set<Observer>();
  const undo = kernelsOf(backend).map((config) => wrapKernel(config, observers));
  const observation = {
    observers,
    unwrap: () => {
      for (const step of undo) step();
    },
  };
  observations.set(backend, observation);
  return observation;
}

/** tfjs looks through the kernels of all backends each time it is asked. Kernels registered after the first observation are not observed. */
function kernelsOf(backend: string): KernelConfig[] {
  const found = kernels.get(backend) ?? getKernelsForBackend(backend);
  kernels.set(backend, found);
  return found;
}
const kernels = new Map<string, KernelConfig[]>();

/** tfjs keeps the config object itself in its registry, so exchanging its function is enough. Returns the undo. */
function wrapKernel(config: KernelConfig, observers: Set<Observer>): () => void {
  const run = config.kernelFunc;
  config.kernelFunc = (params) => {
    depth++;
    let result: TensorInfo | TensorInfo[];
    try {
      result = run(params);
    } finally {
      depth--;
    }
    if (depth === 0) tell(observers, config.kernelName, params.inputs, result, params.attrs);
    return result;
  };
  return () => {
    config.kernelFunc = run;
  };
}

function tell(
  observers: Set<Observer>,
  kernel: string,
  inputs: NamedTensorInfoMap,
  result: TensorInfo | TensorInfo[],
  attrs?: NamedAttrMap,
): void {
  const call = { kernel, inputs, outputs: Array.isArray(result) ? result : [result], attrs };
  for (const observer of observers) observer(call);
}
