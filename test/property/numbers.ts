import * as tf from "@tensorflow/tfjs-core";
import { emptyTensor, giveNumbers, observeKernels, useShapesEngine } from "../../src/engines";
import { elementCount } from "../../src/model";
import { type PreparedModel, prepareModel } from "../../src/probe";
import { tensorDtype } from "../../src/probe/declared-input";
import { seeded } from "../../src/probe/numbers/chance";
import { allLayers } from "../../src/probe/prepared";
import { gateOf, Run } from "../../src/probe/run";
import { useCpu } from "../engines/cpu";
import type { DrawnModel } from "./draw";
import type { DrawnProbe } from "./draw/probes";

/** Seeded numbers from -1 to 1. */
function chance(seed: number): () => number {
  const next = seeded(seed);
  return () => next() * 2 - 1;
}

const random = (count: number, next: () => number): Float32Array => Float32Array.from({ length: count }, next);

/** A model whose weights are seeded numbers, ready for tfjs's cpu engine. */
export function prepareWithNumbers({ model }: DrawnModel, seed: number): PreparedModel {
  const prepared = prepareModel(model);
  const next = chance(seed);
  for (const { runner, isBuilt } of allLayers(prepared.network)) {
    // A wrapper lists one weight of a layer that it uses twice once for each use.
    if (runner && isBuilt) for (const { tensor, shape } of runner.weights) giveNumbers(tensor, random(elementCount(shape), next));
  }
  return prepared;
}

/** What a run leaves: its rows, and the tensors that came out, null where nobody knows them. */
export interface Ran {
  run: Run;
  outputs: { shape: number[]; dtype: string }[];
}

/** Runs a probe on tfjs's cpu engine. @throws Error where a kernel gave other numbers of numbers than its shape says */
export function runOnCpu(prepared: PreparedModel, probe: DrawnProbe, seed: number): Ran {
  useCpu();
  const next = chance(seed);
  const stop = observeKernels(({ kernel, outputs }) => {
    for (const output of outputs) requireFull(kernel, output);
  });
  try {
    return drain(prepared, probe, (shape, dtype) => randomTensor(shape, dtype, next));
  } finally {
    stop();
    useShapesEngine();
  }
}

/** Runs a probe on the engine of shapes. */
export function runOnShapes(prepared: PreparedModel, probe: DrawnProbe): Ran {
  useShapesEngine();
  return drain(prepared, probe, emptyTensor);
}

function drain(prepared: PreparedModel, probe: DrawnProbe, make: (shape: number[], dtype: tf.DataType) => tf.Tensor): Ran {
  const run = new Run(prepared);
  const shapes = prepared.inputs.map(({ name }) => ({ shape: probe[name] as number[] }));
  const verdicts = gateOf(prepared.network, shapes, prepared.model.kerasMajor);
  const steps = run.run(verdicts.map(({ adapted }, index) => make(adapted, tensorDtype(prepared.inputs[index]?.dtype ?? "float32"))));
  for (;;) {
    const { done, value } = steps.next();
    if (!done) continue;
    const outputs = value.flatMap((tensors) => tensors ?? []).map(({ shape, dtype }) => ({ shape, dtype }));
    run.free();
    return { run, outputs };
  }
}

/** Whole numbers stay below 3, so that they may be looked up in any table. */
function randomTensor(shape: number[], dtype: tf.DataType, next: () => number): tf.Tensor {
  const numbers = random(elementCount(shape), next);
  return dtype === "int32"
    ? tf.tensor(
        Int32Array.from(numbers, (x) => Math.abs(x) * 3),
        shape,
        dtype,
      )
    : tf.tensor(numbers, shape);
}

function requireFull(kernel: string, { dataId, shape, dtype }: tf.TensorInfo): void {
  if (dtype === "complex64") return;
  const { length } = (tf.backend() as tf.KernelBackend).readSync(dataId);
  if (length !== elementCount(shape)) throw new Error(`${kernel} gave ${length} numbers for the shape ${shape.join("×")}`);
}
