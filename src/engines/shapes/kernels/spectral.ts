import type { TensorInfo } from "@tensorflow/tfjs-core";
import { resolveAxis } from "../axes";
import { like, row, rows, type Tensors } from "../row";

/** Fourier transforms along the last axis, and kernels of linear algebra that keep the shape. */
export const SPECTRAL_ROWS = [
  ...rows<Tensors<"input">, unknown>(["FFT", "IFFT"], ({ input }) => {
    resolveAxis(-1, input.shape);
    return like(input, "complex64");
  }),
  row<{ input: TensorInfo }, unknown>("MatrixBandPart", ({ input }) => like(input)),
];
