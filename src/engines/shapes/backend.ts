import { type backend_util, type DataType, engine, KernelBackend, type Tensor, type TensorInfo } from "@tensorflow/tfjs-core";
import { UnknownNumbers } from "./error";
import { Contents, isKeepable } from "./known";

export const SHAPES = "shapes";

/** A tfjs backend whose tensors have a shape and a dtype, and numbers only where `known.ts` keeps them. */
export class ShapesBackend extends KernelBackend {
  private count = 0;

  /** Contents of a new tensor, counted until it is disposed of. */
  allocate(values: backend_util.BackendValues | null): Contents {
    this.count++;
    return new Contents(values);
  }

  override write(values: backend_util.BackendValues, shape: number[], dtype: DataType): Contents {
    return this.allocate(values != null && isKeepable(shape, dtype) ? values : null);
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

/** The one backend `shapes`, registered with tfjs on first use. */
export function shapesBackend(): ShapesBackend {
  // Priority 0: never chosen by tfjs itself, only by name.
  if (engine().findBackendFactory(SHAPES) === null) engine().registerBackend(SHAPES, () => new ShapesBackend(), 0);
  return engine().findBackend(SHAPES) as ShapesBackend;
}

/** A tensor of the engine `shapes` without numbers, however small: an activation, or a weight that was not read. Allocates nothing. */
export function emptyTensor(shape: readonly number[], dtype: DataType = "float32"): Tensor {
  const backend = shapesBackend();
  const info: TensorInfo = { dataId: backend.allocate(null), shape: [...shape], dtype };
  return engine().makeTensorFromTensorInfo(info, backend);
}

/** Gives an empty tensor its numbers, which move with it to whichever engine uses it. @throws Error where it lives on another engine already */
export function giveNumbers({ dataId, id }: Tensor, values: backend_util.BackendValues): void {
  if (!(dataId instanceof Contents)) throw new Error(`tensor ${id} is not one of the engine \`shapes\``);
  dataId.values = values;
}
