import type { TensorInfo } from "@tensorflow/tfjs-core";
import { assertStretches } from "../broadcast";
import { like, row, type Tensors } from "../row";

type BatchNorm = Tensors<"x" | "mean" | "variance"> & Partial<Tensors<"offset" | "scale">>;

/** Normalization by given or by neighbouring values. */
export const NORMALIZATION_ROWS = [
  row<BatchNorm, unknown>("FusedBatchNorm", (inputs) => {
    for (const name of ["mean", "variance", "offset", "scale"] as const) {
      const parameter: TensorInfo | undefined = inputs[name];
      if (parameter) assertStretches(parameter.shape, inputs.x.shape, name);
    }
    return like(inputs.x);
  }),
  row<Tensors<"x">, unknown>("LRN", ({ x }) => like(x)),
];
