import type * as tf from "@tensorflow/tfjs-core";
import { useEngine, useShapesEngine } from "../../engines";
import { Masks } from "../../layers";
import { type LayerReport, type NumbersReport, type Probe, type Progress, type Report, sameShape } from "../../model";
import { tensorDtype } from "../declared-input";
import { prepareModel } from "../prepare";
import { allLayers, type PreparedLayer, type PreparedModel, type PreparedNetwork } from "../prepared";
import { gateOf, Run } from "../run";
import { inTurns } from "../turns";
import { filled, tensorOf } from "./fill";
import type { ImageFill } from "./image-fill";
import { lookedAt } from "./look";
import type { Draw } from "./pictures";
import { referenceOf } from "./reference";
import { giveWeights, type ReadWeights } from "./weights";

/** How many numbers of an output a report holds. */
const MOST_VALUES = 16;

export interface NumbersOptions {
  signal?: AbortSignal;
  readWeights: ReadWeights | null;
  /** What a probe holds that is filled with an image. */
  image?: ImageFill | null;
  /** Takes what draws the pictures of each layer's first output; where it is left out there are none. */
  takePictures?: (layerId: string, draw: Draw) => void;
  /** Is told each weight and each layer. */
  onProgress?: (progress: Progress) => void;
}

/**
 * Runs a probe whose report the engine `shapes` has made on an engine with numbers, and adds to its layers what they cost and what their
 * outputs hold. The engine must be started. @throws the signal's reason when it is aborted
 */
export async function addNumbers(report: Report, { model }: PreparedModel, probe: Probe, options: NumbersOptions): Promise<void> {
  // A model of its own: weights with numbers move to the engine that runs them.
  useShapesEngine();
  const prepared = prepareModel(model);
  try {
    const tellWeights = (done: number, of: number): void => options.onProgress?.({ phase: "weights", done, of });
    const given = await inTurns(giveWeights(prepared, options.readWeights, tellWeights), options.signal);
    const rows = new Map(report.layers.map((row) => [row.id, row]));
    const differing: string[] = [];
    const look = lookerAt(rows, prepared, options);
    const run = new Run(
      prepared,
      ({ step, round, isFirst }, outputs, milliseconds) => {
        const row = rows.get(step.layer.layer.id);
        if (!row || !isFirst || round > 0) return;
        row.milliseconds = milliseconds;
        look(step.layer, outputs);
        if (row.status === "ok" && JSON.stringify(row.output) !== JSON.stringify(outputs.map(({ shape }) => shape))) differing.push(row.id);
      },
      new Masks(),
    );
    if (options.onProgress) run.announce = announcer(prepared, options.onProgress);
    try {
      const outputs = await finish(run, prepared, probe, { ...options, look });
      learn(report, run);
      report.outputs = outputsOf(prepared, report, outputs);
    } finally {
      run.free();
    }
    const reference = probe.engine === "native" ? await compared(prepared, probe, options) : undefined;
    if (reference && "outputs" in reference)
      report.outputs.forEach(({ layer, shape }, index) => {
        if (!sameShape(shape, reference.outputs[index] ?? []) && !differing.includes(layer)) differing.push(layer);
      });
    const image = options.image ? { image: options.image.report } : {};
    report.numbers = { ...given, ...image, differing, ...(reference ? { reference } : {}), ended: endOf(run, report) };
  } finally {
    prepared.dispose();
    useShapesEngine();
  }
}

/** What depends on numbers, and so was not known on shapes, is known now. */
function learn(report: Report, run: Run): void {
  for (const row of report.layers) {
    const ran = run.rows.of(row.id);
    if (row.status !== "unknown" || ran.status !== "ok") continue;
    Object.assign(row, { status: ran.status, inputs: ran.inputs, output: ran.output });
    delete row.message;
    delete row.needsNumbers;
  }
}

function outputsOf({ network }: PreparedModel, report: Report, outputs: (tf.Tensor[] | null)[]): Report["outputs"] {
  const known = network.outputs.flatMap(({ ref }, index): Report["outputs"] => {
    const tensor = outputs[index]?.[0];
    if (!tensor) return [];
    return [{ layer: ref.layer, shape: tensor.shape.slice(), values: Array.from(tensor.dataSync().slice(0, MOST_VALUES)) }];
  });
  // Where numbers end before the shapes do, the shapes stay.
  return known.length < report.outputs.length ? report.outputs : known;
}

async function compared(prepared: PreparedModel, probe: Probe, { image }: NumbersOptions): Promise<NumbersReport["reference"]> {
  if (!prepared.model.savedModel) return undefined;
  useEngine(probe.engine);
  const tensors = inputTensors(prepared, probe, image);
  const reference = await referenceOf(prepared, tensors);
  for (const tensor of tensors) tensor.dispose();
  return reference;
}

/** Tells each layer that begins as one of all. */
function announcer({ network }: PreparedModel, onProgress: (progress: Progress) => void): (layer: string) => void {
  const of = countCalls(network);
  let done = 0;
  return (layer) => onProgress({ phase: "layers", layer, done: Math.min(++done, of), of });
}

/** How many calls of layers a run is, those of nested models included. */
function countCalls({ steps }: PreparedNetwork): number {
  return steps.reduce((sum, { layer }) => sum + (layer.isInput ? 0 : layer.nested ? countCalls(layer.nested) : 1), 0);
}

/** Notes what the first of a layer's tensors holds. */
type Look = (layer: PreparedLayer, outputs: readonly tf.Tensor[]) => void;

function lookerAt(rows: ReadonlyMap<string, LayerReport>, { network }: PreparedModel, { takePictures, image }: NumbersOptions): Look {
  const formatOf = ({ layer }: PreparedLayer) => layer.config["data_format"];
  // Layers that do not say it follow those that do.
  const areChannelsFirst = allLayers(network).some((layer) => formatOf(layer) === "channels_first");
  return (layer, [first]) => {
    const row = rows.get(layer.layer.id);
    if (!row || !first || first.dtype === "string" || first.dtype === "complex64") return;
    const channelsFirst = (formatOf(layer) ?? (areChannelsFirst ? "channels_first" : null)) === "channels_first";
    const isBgr = image?.report.inputs.some(({ name, preprocessing }) => name === row.id && preprocessing === "caffe") ?? false;
    const { stats, draw } = lookedAt(first, { channelsFirst, isInput: layer.isInput, isBgr }, takePictures !== undefined);
    row.stats = stats;
    if (draw) takePictures?.(row.id, draw);
  };
}

/** Where the engine stopped before the shapes do: what it has no kernel for fails or stays unknown. */
function endOf({ rows, failure }: Run, report: Report): { layer: string; why: string } | null {
  const foretold = report.layers.filter(({ status }) => status === "failed").map(({ id }) => id);
  if (failure) return foretold.includes(failure.layer) ? null : { layer: failure.layer, why: failure.message.replace(/\.$/, "") };
  const unknown = rows.list.find(({ status }, index) => status === "unknown" && report.layers[index]?.status === "ok");
  return unknown ? { layer: unknown.id, why: unknown.message ?? "its numbers are not known" } : null;
}

/** The probe's tensors, on the current engine. */
function inputTensors(prepared: PreparedModel, probe: Probe, image: NumbersOptions["image"]): tf.Tensor[] {
  const shapes = prepared.inputs.map(({ name }) => ({ shape: probe.inputs[name] as number[] }));
  return gateOf(prepared.network, shapes, prepared.model.kerasMajor).map(({ adapted }, index) => {
    const dtype = tensorDtype(prepared.inputs[index]?.dtype ?? "float32");
    if (!image) return filled(probe.fill, adapted, dtype);
    const numbers = image.numbers(index, adapted);
    return numbers ? tensorOf(numbers, adapted, dtype) : filled("ramp", adapted, dtype);
  });
}

async function finish(
  run: Run,
  prepared: PreparedModel,
  probe: Probe,
  { signal, image, look }: NumbersOptions & { look: Look },
): Promise<(tf.Tensor[] | null)[]> {
  useEngine(probe.engine);
  const tensors = inputTensors(prepared, probe, image);
  prepared.network.inputSteps.forEach((index, position) => {
    const [step, tensor] = [prepared.network.steps[index], tensors[position]];
    if (step && tensor) look(step.layer, [tensor]);
  });
  const steps = run.run(tensors);
  for (;;) {
    signal?.throwIfAborted();
    // Another probe may have switched in between.
    useEngine(probe.engine);
    const { done, value } = steps.next();
    if (done) return value;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
