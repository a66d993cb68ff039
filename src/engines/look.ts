import type { BackendWasm } from "@tensorflow/tfjs-backend-wasm";
import { cast, engine, getBackend, mean, type Tensor, tidy } from "@tensorflow/tfjs-core";
import { elementCount } from "../model";
import { NATIVE_BACKEND } from "./native/engine";
import { lookAtNative } from "./native/look";
import { WASM } from "./wasm/engine";

/** A part of a tensor, along each axis `begin`, `begin + stride` and so on before `end`. */
export interface Part {
  begin: readonly number[];
  end: readonly number[];
  strides: readonly number[];
}

/** What an engine itself counts of a tensor's numbers. */
export interface Summary {
  /** How many there are. */
  count: number;
  min: number;
  max: number;
  /** Sum of the squares; not finite where a number is not, or where they are too large. */
  squares: number;
  zeros: number;
}

/** The numbers of a tensor, as cheaply as its engine tells them. What is returned is to be used before the engine runs anything else. */
export interface Look {
  /** Null where it is as cheap to count oneself. */
  summary(): Summary | null;
  all(): ArrayLike<number>;
  /** Means along an axis. */
  means(axis: number): ArrayLike<number>;
  part(part: Part): ArrayLike<number>;
}

/** From so many numbers on several operations of TensorFlow cost less than to fetch them all. */
const MANY = 4_096;

/** Looks at a tensor of numbers (floats, integers, truth values) of the current engine. */
export function lookAt(tensor: Tensor): Look {
  const backend = getBackend();
  if (backend === NATIVE_BACKEND && tensor.dtype === "float32" && tensor.size > MANY) return lookAtNative(tensor);
  const all = backend === WASM ? () => ofHeap(tensor) : once(() => tensor.dataSync<"float32">());
  return {
    summary: () => null,
    all,
    means: (axis) => (tensor.size > MANY ? meansByEngine(tensor, axis) : meansOf(all(), tensor.shape, axis)),
    part: (part) => partOf(all(), tensor.shape, part),
  };
}

function once<T extends object>(make: () => T): () => T {
  let made: T | null = null;
  return () => (made ??= make());
}

/** WebAssembly's memory itself, which moves when it grows: asked for each time. */
function ofHeap(tensor: Tensor): ArrayLike<number> {
  return (engine().backend as BackendWasm).typedArrayFromHeap(tensor);
}

function meansByEngine(tensor: Tensor, axis: number): ArrayLike<number> {
  let means: ArrayLike<number> = [];
  // Not returned from `tidy`: it would look for tensors among the numbers, one by one.
  tidy(() => {
    means = mean(cast(tensor, "float32"), axis).dataSync();
  });
  return means;
}

function meansOf(numbers: ArrayLike<number>, shape: readonly number[], axis: number): Float32Array {
  const [inner, count] = [elementCount(shape.slice(axis + 1)), shape[axis] as number];
  const means = new Float32Array(elementCount(shape) / count);
  for (let index = 0; index < means.length; index++) {
    const first = Math.floor(index / inner) * inner * count + (index % inner);
    let sum = 0;
    for (let step = 0; step < count; step++) sum += numbers[first + step * inner] as number;
    means[index] = sum / count;
  }
  return means;
}

function partOf(numbers: ArrayLike<number>, shape: readonly number[], { begin, end, strides }: Part): Float32Array {
  const sizes = shape.map((_, axis) => Math.ceil(((end[axis] as number) - (begin[axis] as number)) / (strides[axis] as number)));
  const part = new Float32Array(elementCount(sizes));
  let next = 0;
  const copy = (axis: number, offset: number): void => {
    const step = elementCount(shape.slice(axis + 1));
    for (let index = begin[axis] as number; index < (end[axis] as number); index += strides[axis] as number) {
      if (axis === shape.length - 1) part[next++] = numbers[offset + index] as number;
      else copy(axis + 1, offset + index * step);
    }
  };
  copy(0, 0);
  return part;
}
