import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { KernelCall } from "../../engines";

interface SlidingAttrs {
  strides?: number | number[];
  dilations?: number | number[];
  filterSize?: number | number[];
  pad?: string | number | number[][];
  dataFormat?: string;
}

/** Kernels that slide a window along an image or a volume. */
const SLIDES: ReadonlySet<string> = new Set([
  ...["Conv2D", "FusedConv2D", "DepthwiseConv2dNative", "FusedDepthwiseConv2D", "Conv3D"],
  ...["MaxPool", "AvgPool", "MaxPool3D", "AvgPool3D", "MaxPoolWithArgmax"],
]);
const PADS: ReadonlySet<string> = new Set(["PadV2", "MirrorPad"]);

/**
 * Watches windows slide, and tells where a stride does not divide: without padding, where windows that overlap leave a rest of their border
 * out; else where the size is no multiple of the stride, so that the rest is left out or padded up.
 */
export class Strides {
  /** By spatial axis the first layer whose stride does not divide; null where all do. */
  uneven: (string | null)[];
  /** The largest product of strides on the way to a tensor, where that is asked for. */
  total = 1;
  /** Sizes that a tensor had before zeros were put around it. */
  private readonly unpadded = new WeakMap<object, readonly number[]>();
  private readonly strideOf = new WeakMap<object, number>();

  /** `count`: of spatial axes. */
  constructor(
    private readonly count: number,
    private readonly wantsTotal: boolean,
  ) {
    this.uneven = new Array<string | null>(count).fill(null);
  }

  /** What was found uneven since this was asked last. */
  takeUneven(): (string | null)[] {
    const found = this.uneven;
    this.uneven = new Array<string | null>(this.count).fill(null);
    return found;
  }

  note(layer: string, { kernel, inputs, outputs, attrs }: KernelCall): void {
    if (PADS.has(kernel)) this.notePadding(inputs["x"] as TensorInfo, outputs[0]);
    const own = SLIDES.has(kernel) ? this.noteSliding(layer, inputs, attrs as SlidingAttrs) : 1;
    if (!this.wantsTotal) return;
    const stride = own * this.strideBefore(inputs);
    if (stride > 1) for (const { dataId } of outputs) this.strideOf.set(dataId, stride);
    if (stride > this.total) this.total = stride;
  }

  private strideBefore(inputs: KernelCall["inputs"]): number {
    let stride = 1;
    // What a kernel may be given and is not, is undefined.
    for (const tensor of Object.values(inputs).flat() as (TensorInfo | undefined)[])
      if (tensor) stride = Math.max(stride, this.strideOf.get(tensor.dataId) ?? 1);
    return stride;
  }

  private notePadding(x: TensorInfo, padded: TensorInfo | undefined): void {
    if (padded) this.unpadded.set(padded.dataId, x.shape);
  }

  /** Returns the largest stride. */
  private noteSliding(layer: string, { x, filter }: KernelCall["inputs"], attrs: SlidingAttrs): number {
    const { shape, dataId } = x as TensorInfo;
    const before = this.unpadded.get(dataId) ?? shape;
    const isPadded = before !== shape || (attrs.pad !== "valid" && attrs.pad !== 0);
    const first = attrs.dataFormat?.startsWith("NC") ? 2 : 1;
    const windows = filter ? (filter as TensorInfo).shape : attrs.filterSize;
    let largest = 1;
    for (let axis = 0; axis < shape.length - 2; axis++) {
      const stride = at(attrs.strides, axis);
      const span = (at(windows, axis) - 1) * at(attrs.dilations, axis) + 1;
      const size = before[first + axis] as number;
      const rest = (isPadded || span <= stride ? size : size - span) % stride;
      if (rest !== 0 && axis < this.count) this.uneven[axis] ??= layer;
      largest = Math.max(largest, stride);
    }
    return largest;
  }
}

function at(values: number | number[] | undefined, axis: number): number {
  return (typeof values === "object" ? values[axis] : values) ?? 1;
}
