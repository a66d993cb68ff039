import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import { ALL_ROWS, UNUSED_KERNELS } from "../../../src/engines/shapes/kernels";
import { KERNEL_CASES } from "./cases";
import { type KernelCase, runCase, title } from "./kernel-case";

const names = Object.entries(tf).flatMap(([name, value]) => (value === name && /^[A-Z_]/.test(name) ? [name] : []));
const kernels = ALL_ROWS.map(({ kernel }) => kernel);
const byNumbers = new Set(ALL_ROWS.filter(({ rule }) => isByNumbers(rule)).map(({ kernel }) => kernel));

describe("the table", () => {
  test("has each kernel of tfjs once, but for those that nothing runs", () => {
    expect([...kernels].sort()).toEqual(names.filter((name) => !UNUSED_KERNELS.includes(name)).sort());
  });
  test("has no row without a case, but for those that wait for numbers or pixels", () => {
    const tested = new Set(KERNEL_CASES.map(({ kernel }) => kernel));
    const untested = kernels.filter((kernel) => !tested.has(kernel) && !byNumbers.has(kernel));
    expect(untested).toEqual(["FromPixels"]);
  });
  test("makes an image of pixels, which are no tensor", () => {
    const fromPixels = ALL_ROWS.find(({ kernel }) => kernel === "FromPixels");
    const output = fromPixels?.rule({ pixels: { width: 4, height: 3 } } as never, { numChannels: 1 });
    expect(output).toEqual({ shape: [3, 4, 1], dtype: "int32" });
  });
});

describe("a kernel on shapes alone gives the shape and dtype of one with numbers", () => {
  test.each(KERNEL_CASES.map((one) => [title(one), one] as const))("%s", (_, one) => {
    const expected = one.expected ?? runCase("cpu", one).outputs;
    expect(runCase("shapes", one).outputs).toEqual(expected);
  });
});

describe("a kernel on known numbers gives the numbers of the cpu backend", () => {
  const foldable = KERNEL_CASES.filter((one) => one.expected === undefined && isSmall(one));
  test.each(foldable.map((one) => [title(one), one] as const))("%s", (_, one) => {
    expect(runCase("known", one)).toEqual(runCase("cpu", one));
  });
});

function isByNumbers(rule: (typeof ALL_ROWS)[number]["rule"]): boolean {
  try {
    return rule({}, {}) === null;
  } catch {
    return false; // a rule that looks at its inputs, which are missing here
  }
}

/** Floats are kept up to 64 elements, and drawn lots not at all. */
function isSmall(one: KernelCase): boolean {
  if (one.kernel === "Multinomial") return false;
  const shapes = [...Object.values(one.inputs).flat(), ...runCase("cpu", one).outputs];
  return shapes.every(({ shape, dtype }) => dtype !== "complex64" && shape.reduce((n, size) => n * size, 1) <= 64);
}
