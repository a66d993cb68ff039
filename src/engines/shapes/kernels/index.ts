import type { KernelRow } from "../row";
import { BINARY_ROWS } from "./binary";
import { CONVOLUTION_ROWS } from "./convolution";
import { CREATION_ROWS } from "./creation";
import { GRADIENT_ROWS } from "./gradient";
import { IMAGE_ROWS } from "./image";
import { JOINING_ROWS } from "./joining";
import { MATMUL_ROWS } from "./matmul";
import { NORMALIZATION_ROWS } from "./normalization";
import { POOLING_ROWS } from "./pooling";
import { REDUCTION_ROWS } from "./reduction";
import { RESHAPING_ROWS } from "./reshaping";
import { SLICING_ROWS } from "./slicing";
import { SPARSE_ROWS } from "./sparse";
import { SPECTRAL_ROWS } from "./spectral";
import { UNARY_ROWS } from "./unary";

/** Every kernel of the engine, one row each. */
export const ALL_ROWS: readonly KernelRow[] = [
  ...UNARY_ROWS,
  ...BINARY_ROWS,
  ...REDUCTION_ROWS,
  ...CONVOLUTION_ROWS,
  ...POOLING_ROWS,
  ...MATMUL_ROWS,
  ...NORMALIZATION_ROWS,
  ...RESHAPING_ROWS,
  ...JOINING_ROWS,
  ...SLICING_ROWS,
  ...CREATION_ROWS,
  ...IMAGE_ROWS,
  ...SPECTRAL_ROWS,
  ...GRADIENT_ROWS,
  ...SPARSE_ROWS,
];

/** Names that tfjs keeps for kernels which none of its operations runs. */
export const UNUSED_KERNELS: readonly string[] = ["Pool"];
