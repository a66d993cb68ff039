import type * as tf from "@tensorflow/tfjs-core";
import { emptyTensor, startEngine, useShapesEngine } from "../engines";
import {
  type AskedProbe,
  type Broadcast,
  type EngineName,
  INPUT_GATE,
  imagePath,
  type Probe,
  type Report,
  ROUTINE_KINDS,
  UserError,
} from "../model";
import type { FoundBroadcast } from "./broadcasts";
import { causeOf } from "./cause";
import { checkProbe } from "./check";
import { constructorGate } from "./constructor-gate";
import { tensorDtype } from "./declared-input";
import { markDepartures } from "./departures";
import { type Image, imageFill } from "./numbers/image-fill";
import { requireMemory } from "./numbers/memory";
import { rehearse } from "./numbers/rehearse";
import { addNumbers, type NumbersOptions } from "./numbers/run";
import type { ReadWeights } from "./numbers/weights";
import { scopesOf } from "./operation-report";
import type { PreparedModel } from "./prepared";
import { misfitsOf, rebuild } from "./rebuild";
import { gateOf, Run } from "./run";

export interface RunOptions {
  signal?: AbortSignal;
  /** Reads the numbers of all weights, for engines with numbers; left out where no file has them. */
  readWeights?: ReadWeights;
  /** The image that a probe is filled with whose fill is one. */
  image?: Image;
  /** Takes pictures of what the layers give, on engines with numbers. */
  takePictures?: NumbersOptions["takePictures"];
  /** Is told how far a run on numbers is: each weight and each layer. */
  onProgress?: NumbersOptions["onProgress"];
  /** Numbers of a small weight, where the file has them: at most 8 are asked for. */
  weightValues?: (layerId: string, weight: string) => number[] | null;
}

const FLOAT_BYTES = 4;

/** How long a probe computes before it lets others go first, in milliseconds. */
const TURN_MS = 30;

/**
 * Sends a probe through a model and tells what happened to it, as real Keras would have it happen.
 * @throws UserError for probes that cannot be tensors; the signal's reason when it is aborted
 */
export async function runProbe(prepared: PreparedModel, asked: AskedProbe, options: RunOptions = {}): Promise<Report> {
  const checked = checkProbe(prepared, asked);
  const probe = { ...checked, engine: await startedEngine(checked.engine) };
  return probe.mode === "rebuild" ? runRebuilt(prepared, probe, options) : feed(prepared, probe, options);
}

/** The engine that runs, ready to. @throws UserError where it cannot run on this machine */
async function startedEngine(asked: AskedProbe["engine"]): Promise<EngineName> {
  if (asked === "shapes") return asked;
  if (asked === "auto") return startedEngine("native").catch(() => startedEngine("wasm"));
  try {
    await startEngine(asked);
    return asked;
  } catch (error) {
    throw new UserError(`The engine "${asked}" is not to be had here: ${(error as Error).message}.`);
  }
}

/** Feeds the model that comes out when its inputs are declared anew, and tells which pretrained weights it has no place for. */
async function runRebuilt(prepared: PreparedModel, probe: Probe, options: RunOptions): Promise<Report> {
  const rebuilt = rebuild(prepared, probe.inputs);
  try {
    const misfits = misfitsOf(prepared, rebuilt);
    const isLost = (layer: string, weight: string) => misfits.some((misfit) => misfit.layer === layer && misfit.weight === weight);
    const weightValues: RunOptions["weightValues"] = (layer, weight) =>
      isLost(layer, weight) ? null : (options.weightValues?.(layer, weight) ?? null);
    return { ...(await feed(rebuilt, probe, { ...options, weightValues })), misfits };
  } finally {
    rebuilt.dispose();
  }
}

async function feed(prepared: PreparedModel, probe: Probe, options: RunOptions): Promise<Report> {
  if (probe.engine === "shapes") return feedShapes(prepared, probe, options);
  const image = imagePath(probe.fill) === null ? null : imageFill(prepared, probe, requireImage(options));
  const report = await feedShapes(prepared, probe, options);
  const activationBytes = await rehearse(prepared, probe, options.signal);
  report.memory = { weightsBytes: prepared.parameters * FLOAT_BYTES, activationBytes };
  requireMemory(prepared.model.name, probe.engine, report.memory);
  await addNumbers(report, prepared, probe, { ...options, readWeights: options.readWeights ?? null, image });
  return report;
}

function requireImage({ image }: RunOptions): Image {
  if (!image) throw new Error("a probe that is filled with an image comes with it");
  return image;
}

async function feedShapes(prepared: PreparedModel, probe: Probe, options: RunOptions): Promise<Report> {
  useShapesEngine();
  const run = new Run(prepared);
  const shapes = prepared.inputs.map(({ name }) => probe.inputs[name] as number[]);
  const verdicts = gateOf(
    prepared.network,
    shapes.map((shape) => ({ shape })),
    prepared.model.kerasMajor,
  );
  try {
    const dtypeOf = (index: number) => tensorDtype(prepared.inputs[index]?.dtype ?? "float32");
    const tensors = verdicts.map(({ adapted }, index) => emptyTensor(adapted, dtypeOf(index)));
    const outputs = await finish(run, tensors, options.signal);
    return reportOf(prepared, probe, { run, verdicts, outputs }, options);
  } finally {
    run.free();
  }
}

type Outputs = (tf.Tensor[] | null)[];

/** Steps through a run in turns, so that a newer probe can cancel it. */
async function finish(run: Run, tensors: tf.Tensor[], signal: AbortSignal | undefined): Promise<Outputs> {
  const steps = run.run(tensors);
  for (;;) {
    signal?.throwIfAborted();
    const outputs = run.watched(() => takeTurn(steps));
    if (outputs) return outputs;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

function takeTurn(steps: Generator<undefined, Outputs>): Outputs | null {
  const end = performance.now() + TURN_MS;
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    if (performance.now() > end) return null;
  }
}

interface Happened {
  run: Run;
  verdicts: ReturnType<typeof gateOf>;
  outputs: Outputs;
}

function reportOf(prepared: PreparedModel, probe: Probe, { run, verdicts, outputs }: Happened, options: RunOptions): Report {
  const { model } = prepared;
  const shut = verdicts.find(({ open }) => !open);
  const failed = run.failure;
  markDepartures(run.rows);
  const gate = shut ?? verdicts.find(({ message }) => message !== null);
  return {
    schema: 1,
    model: {
      name: model.name,
      format: model.format,
      producer: model.producer,
      layers: prepared.layers,
      parameters: prepared.parameters,
      inputs: prepared.inputs.map(({ name, declared, dtype }) => ({ name, declared, dtype })),
    },
    probe,
    gates: [
      ...constructorGates(prepared, probe),
      { gate: "input", open: !shut, message: gate?.message ?? null },
      { gate: "layers", open: !failed, message: failed ? `${failed.layer}: ${failed.message}` : null },
    ],
    layers: run.rows.list,
    broadcasts: withValues(run.broadcasts, options.weightValues),
    misfits: [],
    failure: failureOf(run, shut?.message ?? null),
    ...scopesOf(prepared.network),
    outputs: prepared.network.outputs.flatMap(({ ref }, index) => {
      const shape = outputs[index]?.[0]?.shape;
      return shape ? [{ layer: ref.layer, shape: shape.slice() }] : [];
    }),
  };
}

function constructorGates({ model, inputs }: PreparedModel, probe: Probe): Report["gates"] {
  const shape = probe.inputs[inputs[0]?.name ?? ""];
  const gate = model.zoo && shape ? constructorGate(model.zoo, shape) : null;
  return gate ? [gate] : [];
}

function failureOf(run: Run, shut: string | null): Report["failure"] {
  if (shut !== null) return { layer: INPUT_GATE, message: shut, cause: null };
  if (!run.failure) return null;
  const { layer, message, happening } = run.failure;
  return { layer, message, cause: causeOf(happening, run.rows) };
}

/** Numbers of weights are read from the file only where a broadcast is worth a look, or stands beside one that is. */
function withValues(all: readonly FoundBroadcast[], weightValues: RunOptions["weightValues"]): Broadcast[] {
  const ofInterest = new Set(all.filter(({ kind }) => !ROUTINE_KINDS.has(kind)).map(({ layer }) => layer));
  return all.map(({ owners, ...broadcast }) =>
    weightValues && ofInterest.has(broadcast.layer) ? withValuesOf(broadcast, owners, weightValues) : broadcast,
  );
}

function withValuesOf(
  broadcast: Broadcast,
  owners: FoundBroadcast["owners"],
  weightValues: NonNullable<RunOptions["weightValues"]>,
): Broadcast {
  const operands = broadcast.operands.map((operand, index) => {
    const owner = owners[index];
    if (!owner || operand.values || operand.shape.reduce((count, size) => count * size, 1) > 8) return operand;
    const values = weightValues(owner.layerId, owner.name);
    return values ? { ...operand, values } : operand;
  });
  return { ...broadcast, operands };
}
