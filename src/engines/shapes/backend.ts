import { type backend_util, type DataType, engine, KernelBackend, type Tensor, type TensorInfo } from "@tensorflow/tfjs-core";
import { UnknownNumbers } from "./error";
import { Contents, isKeepable, MAX_KNOWN_ELEMENTS, type Storage } from "./known";
import type { TensorSpec } from "./row";

export const SHAPES = "shapes";

/** A tfjs backend whose tensors have a shape and a dtype, and numbers only where `known.ts` keeps them. */
export class ShapesBackend extends KernelBackend {
  private count = 0;
  /** Whether bytes are counted: only where somebody wants to know them, as it runs for every tensor. */
  isMetered = false;
  /** What an engine with numbers would store now of tensors made while metered, and the most that it would have since this was last set. */
  bytes = 0;
  peakBytes = 0;

  /** Contents of a new tensor, counted until it is disposed of. `shared`: contents that an engine with numbers would let it share. */
  allocate(values: backend_util.BackendValues | null, { shape, dtype }: TensorSpec, shared: Contents | null = null): Contents {
    this.count++;
    if (!this.isMetered) return new Contents(values, null);
    return new Contents(values, shared ? share(shared.storage) : this.store(bytesOf(shape, dtype)));
  }

  private store(bytes: number): Storage {
    this.bytes += bytes;
    if (this.bytes > this.peakBytes) this.peakBytes = this.bytes;
    return { bytes, holders: 1 };
  }

  override write(values: backend_util.BackendValues, shape: number[], dtype: DataType): Contents {
    return this.allocate(values != null && isKeepable(shape, dtype) ? values : null, { shape, dtype });
  }

  override readSync(dataId: object): backend_util.BackendValues {
    const values = (dataId as Contents).values;
    if (values === null) throw new UnknownNumbers("the numbers of this tensor are needed, but the engine `shapes` knows only its shape");
    return values;
  }

  override async read(dataId: object): Promise<backend_util.BackendValues> {
    return this.readSync(dataId);
  }

  override disposeData(dataId: object, force = false): boolean {
    const contents = dataId as Contents;
    contents.refCount--;
    if (contents.refCount > 0 && !force) return false;
    this.count--;
    const { storage, values } = contents;
    // Who holds the tensor holds its contents: a weight's numbers would lie here while the engine that took them over has them too.
    if (values && values.length > MAX_KNOWN_ELEMENTS.int32) contents.values = null;
    if (storage && --storage.holders === 0) this.bytes -= storage.bytes;
    return true;
  }

  override refCount(dataId: object): number {
    return (dataId as Contents).refCount;
  }

  override incRef(dataId: object): void {
    (dataId as Contents).refCount++;
  }

  override numDataIds(): number {
    return this.count;
  }

  override floatPrecision(): 16 | 32 {
    return 32;
  }

  override memory(): { unreliable: boolean } {
    return { unreliable: false };
  }

  override async time(run: () => void): Promise<{ kernelMs: number }> {
    const start = performance.now();
    run();
    return { kernelMs: performance.now() - start };
  }

  override timerAvailable(): boolean {
    return true;
  }

  override dispose(): void {}
}

function share(storage: Storage | null): Storage | null {
  if (storage) storage.holders++;
  return storage;
}

/** What a number takes on the engines that have them; texts are few. */
const BYTES_EACH: Readonly<Record<DataType, number>> = { float32: 4, int32: 4, bool: 1, complex64: 8, string: 0 };

/** Bytes of a tensor on an engine with numbers. */
export function bytesOf(shape: readonly number[], dtype: DataType): number {
  let bytes = BYTES_EACH[dtype];
  for (const size of shape) bytes *= size;
  return bytes;
}

/** The one backend `shapes`, registered with tfjs on first use. */
export function shapesBackend(): ShapesBackend {
  // Priority 0: never chosen by tfjs itself, only by name.
  if (engine().findBackendFactory(SHAPES) === null) engine().registerBackend(SHAPES, () => new ShapesBackend(), 0);
  return engine().findBackend(SHAPES) as ShapesBackend;
}

/** A tensor of the engine `shapes` without numbers, however small: an activation, or a weight that was not read. Allocates nothing. */
export function emptyTensor(shape: readonly number[], dtype: DataType = "float32"): Tensor {
  const backend = shapesBackend();
  const spec: TensorSpec = { shape: [...shape], dtype };
  const info: TensorInfo = { dataId: backend.allocate(null, spec), ...spec };
  return engine().makeTensorFromTensorInfo(info, backend);
}

/** Gives an empty tensor its numbers, which move with it to whichever engine uses it. @throws Error where it lives on another engine already */
export function giveNumbers({ dataId, dtype, id }: Tensor, values: Float32Array): void {
  if (!(dataId instanceof Contents)) throw new Error(`tensor ${id} is not one of the engine \`shapes\``);
  // Engines take the bytes as they are.
  dataId.values = dtype === "int32" ? Int32Array.from(values) : dtype === "bool" ? Uint8Array.from(values) : values;
}
