import type { DataType, TensorInfo } from "@tensorflow/tfjs-core";
import { like, row, rows, type TensorSpec, type Tensors } from "../row";
import { layoutOf, type Padding, slide } from "../window";

interface PoolAttrs {
  filterSize: number | number[];
  strides: number | number[];
  pad: Padding;
  dataFormat?: string;
  dimRoundingMode?: "floor" | "round" | "ceil";
}
type X = Tensors<"x">;

/** Pooling; the number of spatial axes is the rank of the input less batch and channels. */
export const POOLING_ROWS = [
  ...rows<X, PoolAttrs>(["AvgPool", "MaxPool", "AvgPool3D", "MaxPool3D"], ({ x }, attrs) => pool(x, attrs, x.dtype)),
  row<X, PoolAttrs>("MaxPoolWithArgmax", ({ x }, attrs) => [pool(x, attrs, x.dtype), pool(x, attrs, "int32")]),
];

function pool(x: TensorInfo, attrs: PoolAttrs, dtype: DataType): TensorSpec {
  const count = x.shape.length - 2;
  const { filterSize } = attrs;
  const sides = Array.isArray(filterSize) ? filterSize : new Array<number>(count).fill(filterSize);
  const layout = layoutOf(attrs.dataFormat, x.shape.length);
  const { shape } = like(x);
  shape.splice(layout.first, count, ...slide(x.shape, layout, sides.slice(0, count), attrs));
  return { shape, dtype };
}
