import { like, row, rows, type Tensors } from "../row";

/** Kernels that only training runs: a gradient has the shape of what it belongs to. */
export const GRADIENT_ROWS = [
  ...rows<Tensors<"input">, unknown>(["AvgPoolGrad", "AvgPool3DGrad", "MaxPoolGrad", "MaxPool3DGrad"], ({ input }) => like(input)),
  ...rows<Tensors<"x">, unknown>(["LRNGrad", "Dilation2DBackpropInput"], ({ x }) => like(x)),
  row<Tensors<"filter">, unknown>("Dilation2DBackpropFilter", ({ filter }) => like(filter)),
  row<Tensors<"y">, unknown>("EluGrad", ({ y }) => like(y, "float32")),
  ...rows<Tensors<"images">, unknown>(["ResizeBilinearGrad", "ResizeNearestNeighborGrad"], ({ images }) => like(images, "float32")),
  ...rows<Tensors<"x">, { filterShape: number[] }>(
    ["Conv2DBackpropFilter", "Conv3DBackpropFilterV2", "DepthwiseConv2dNativeBackpropFilter"],
    (_, { filterShape }) => ({ shape: filterShape.slice(), dtype: "float32" }),
  ),
];
