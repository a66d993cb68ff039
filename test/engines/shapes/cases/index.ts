import type { KernelCase } from "../kernel-case";
import { CREATION_CASES } from "./creation";
import { ELEMENTWISE_CASES } from "./elementwise";
import { IMAGE_CASES } from "./image";
import { LAYOUT_CASES } from "./layout";
import { MATRIX_CASES } from "./matrix";
import { REDUCTION_CASES } from "./reduction";
import { SPARSE_CASES } from "./sparse";
import { TRAINING_CASES } from "./training";
import { WINDOW_CASES } from "./window";

export const KERNEL_CASES: KernelCase[] = [
  ...ELEMENTWISE_CASES,
  ...REDUCTION_CASES,
  ...WINDOW_CASES,
  ...MATRIX_CASES,
  ...LAYOUT_CASES,
  ...CREATION_CASES,
  ...IMAGE_CASES,
  ...TRAINING_CASES,
  ...SPARSE_CASES,
];
