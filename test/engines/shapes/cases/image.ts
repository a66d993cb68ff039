import { f, i, type KernelCase } from "../kernel-case";

const resize = { alignCorners: false, halfPixelCenters: true, size: [5, 6] };
const warp = { interpolation: "nearest", fillMode: "constant", fillValue: 0 };
const boxes = { maxOutputSize: 4, iouThreshold: 0.5, scoreThreshold: 0, softNmsSigma: 0 };

export const IMAGE_CASES: KernelCase[] = [
  ...["ResizeBilinear", "ResizeNearestNeighbor"].flatMap((kernel) =>
    [f(2, 3, 4, 3), i(2, 3, 4, 3)].map((images) => ({ kernel, inputs: { images }, attrs: resize })),
  ),
  {
    kernel: "CropAndResize",
    inputs: { image: f(2, 6, 6, 3), boxes: f(5, 4), boxInd: i(5) },
    attrs: { cropSize: [2, 4], method: "bilinear", extrapolationValue: 0 },
  },
  { kernel: "Transform", inputs: { image: f(1, 4, 5, 3), transforms: f(1, 8) }, attrs: { ...warp, outputShape: [2, 3] } },
  { kernel: "Transform", inputs: { image: f(1, 4, 5, 3), transforms: f(1, 8) }, attrs: warp },
  { kernel: "FlipLeftRight", inputs: { image: f(1, 4, 5, 3) } },
  { kernel: "RotateWithOffset", inputs: { image: f(1, 4, 5, 3) }, attrs: { radians: 1, fillValue: 0, center: 0.5 } },
  { kernel: "NonMaxSuppressionV4", inputs: { boxes: f(6, 4), scores: f(6) }, attrs: { ...boxes, padToMaxOutputSize: true } },
  { kernel: "Draw", inputs: { image: f(4, 5, 3) }, expected: [{ shape: [4, 5, 3], dtype: "float32" }] },
];
