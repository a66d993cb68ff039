import type { DataType, TensorInfo } from "@tensorflow/tfjs-core";
import { formatShape } from "../../../model";
import { ShapeError } from "../error";
import { like, row, rows, rowsByNumbers, type Tensors } from "../row";

interface CropAttrs {
  cropSize: [number, number];
}
interface Pixels {
  pixels: { width: number; height: number };
}

/** Kernels for batches of images, channels last, and for boxes in them. */
export const IMAGE_ROWS = [
  row<Tensors<"images">, { size: [number, number] }>("ResizeBilinear", ({ images }, { size }) => resized(images, size, "float32")),
  row<Tensors<"images">, { size: [number, number] }>("ResizeNearestNeighbor", ({ images }, { size }) =>
    resized(images, size, images.dtype),
  ),
  row<Tensors<"image" | "boxes" | "boxInd">, CropAttrs>("CropAndResize", ({ image, boxes, boxInd }, { cropSize }) => {
    if (boxes.shape[0] !== boxInd.shape[0]) {
      throw new ShapeError(`${boxes.shape[0]} boxes were given, and the images of ${boxInd.shape[0]}`);
    }
    return { shape: [boxes.shape[0] as number, ...cropSize, image.shape[3] as number], dtype: "float32" };
  }),
  row<Tensors<"image" | "transforms">, { outputShape?: [number, number] }>("Transform", ({ image }, { outputShape }) =>
    resized(image, outputShape ?? (image.shape.slice(1, 3) as [number, number]), image.dtype),
  ),
  ...rows<Tensors<"image">, unknown>(["FlipLeftRight", "RotateWithOffset"], ({ image }) => like(image)),
  row<Tensors<"image">, unknown>("Draw", ({ image }) => like(image), false),
  row<Pixels, { numChannels: number }>(
    "FromPixels",
    ({ pixels }, { numChannels }) => ({ shape: [pixels.height, pixels.width, numChannels], dtype: "int32" }),
    false,
  ),
  // How many boxes are left depends on how they overlap, unless the rest is filled up.
  ...rowsByNumbers(["NonMaxSuppressionV3", "NonMaxSuppressionV5"]),
  row<unknown, { maxOutputSize: number; padToMaxOutputSize?: boolean }>(
    "NonMaxSuppressionV4",
    (_, { maxOutputSize, padToMaxOutputSize }) =>
      padToMaxOutputSize
        ? [
            { shape: [maxOutputSize], dtype: "int32" },
            { shape: [], dtype: "int32" },
          ]
        : null,
  ),
];

function resized(images: TensorInfo, [height, width]: [number, number], dtype: DataType) {
  const [batch, oldHeight, oldWidth, channels] = images.shape;
  if (images.shape.length !== 4) throw new ShapeError(`a batch of images has four axes, got ${formatShape(images.shape)}`);
  if (Math.min(oldHeight as number, oldWidth as number, height, width) < 1) {
    throw new ShapeError(`an image of ${oldHeight}×${oldWidth} cannot be resized to ${height}×${width}`);
  }
  return { shape: [batch as number, height, width, channels as number], dtype };
}
