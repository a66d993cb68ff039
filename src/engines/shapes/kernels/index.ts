import type { KernelRow } from "../row";
import { BINARY_ROWS } from "./binary";
import { CONVOLUTION_ROWS } from "./convolution";
import { CREATION_ROWS } from "./creation";
import { JOINING_ROWS } from "./joining";
import { MATMUL_ROWS } from "./matmul";
import { NORMALIZATION_ROWS } from "./normalization";
import { POOLING_ROWS } from "./pooling";
import { REDUCTION_ROWS } from "./reduction";
import { RESHAPING_ROWS } from "./reshaping";
import { SLICING_ROWS } from "./slicing";
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
];
