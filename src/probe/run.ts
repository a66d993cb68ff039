import * as tf from "@tensorflow/tfjs-core";
import { observeKernels } from "../engines";
import type { LayerInput, LayerReport, LayerStatus } from "../model";
import { bindCall } from "./bind";
import { broadcastOf, type FoundBroadcast, isSameBroadcast } from "./broadcasts";
import { checkInput, checkRank, type Verdict } from "./gate";
import { Keeper } from "./keeper";
import type { PreparedModel, PreparedNetwork, Source, Step } from "./prepared";
import { Provenance } from "./provenance";
import { blankRow } from "./rows";
import { ruleBroken } from "./rules";
import { inWords } from "./words";

/** A layer refused its tensors: a result, not a mistake. */
interface Refusal {
  step: Step;
  message: string;
}

/** Tensors of a step; null where nobody knows them. */
type Tensors = tf.Tensor[] | null;

/** One way of a probe through a model, layer by layer; what it leaves behind goes into the report. */
export class Run {
  readonly rows: LayerReport[] = [];
  readonly broadcasts: FoundBroadcast[] = [];
  /** The layer that failed; null while all is well. */
  failure: { layer: string; message: string; step: Step } | null = null;
  private readonly rowsById = new Map<string, LayerReport>();
  private readonly callsSeen = new Map<string, number>();
  private ofThisLayer: FoundBroadcast[] = [];
  private readonly keeper = new Keeper();
  private readonly provenance: Provenance;
  private layerId = "";

  constructor(private readonly prepared: PreparedModel) {
    this.provenance = new Provenance(prepared.weightsById);
    this.addRows(prepared.network);
  }

  private addRows({ layers }: PreparedNetwork): void {
    for (const layer of layers) {
      const row = blankRow(layer);
      this.rows.push(row);
      this.rowsById.set(row.id, row);
      if (layer.nested) this.addRows(layer.nested);
    }
  }

  /** Runs the whole model on these tensors, a layer at each step of the generator; afterwards `free` everything. */
  *run(inputs: tf.Tensor[]): Generator<undefined, Tensors[]> {
    for (const input of inputs) this.keeper.hold([input], 1);
    const outputs = yield* this.network(this.prepared.network, inputs);
    return outputs;
  }

  /** Runs `work` while kernels are watched. */
  watched<T>(work: () => T): T {
    const stop = observeKernels((call) => {
      const found = broadcastOf(this.layerId, call, this.provenance);
      if (found) this.keep(found);
      this.provenance.note(call);
    });
    try {
      return work();
    } finally {
      stop();
    }
  }

  free(): void {
    this.keeper.freeAll();
  }

  /** A loop inside a layer does the same thing again and again: once is enough. */
  private keep(found: FoundBroadcast): void {
    if (this.ofThisLayer.some((known) => isSameBroadcast(known, found))) return;
    this.ofThisLayer.push(found);
    this.broadcasts.push(found);
  }

  private *network(prepared: PreparedNetwork, inputs: Tensors[] | tf.Tensor[]): Generator<undefined, Tensors[]> {
    const values: Tensors[] = new Array(prepared.steps.length).fill(null);
    prepared.inputSteps.forEach((index, position) => {
      const given = inputs[position];
      const tensors = given === null || given === undefined ? null : Array.isArray(given) ? given : [given];
      const step = prepared.steps[index] as Step;
      values[index] = tensors;
      this.enter(step, tensors);
      if (tensors) this.keeper.hold(tensors, step.readers);
    });
    for (const step of prepared.steps) {
      if (this.failure) return [];
      if (step.layer.isInput) continue;
      values[step.index] = yield* this.step(step, values);
      yield;
    }
    if (this.failure) return [];
    return prepared.outputs.map((source) => tensorsAt(source, values));
  }

  private enter(step: Step, tensors: Tensors): void {
    this.report(step, [], tensors ? "ok" : "unknown", tensors?.map(({ shape }) => shape) ?? null);
  }

  private *step(step: Step, values: Tensors[]): Generator<undefined, Tensors> {
    const given = step.sources.map((source) => tensorsAt(source, values));
    const inputs = step.sources.map(({ ref }, index): LayerInput => {
      const shape = given[index]?.[0]?.shape.slice() ?? null;
      return { layer: step.sourceIds[index] as string, call: ref.call, output: ref.output, shape };
    });
    const result = given.every((tensors) => tensors !== null)
      ? yield* this.layer(
          step,
          given.map((tensors) => (tensors as tf.Tensor[])[0] as tf.Tensor),
          inputs,
        )
      : this.unknown(step, inputs);
    if (this.failure) return null;
    if (result) this.keeper.hold(result, step.readers);
    // Until now a nested model held its outputs itself.
    if (result && step.layer.nested) this.keeper.release(result);
    for (const source of step.sources) this.keeper.release(values[source.step] ?? []);
    return result;
  }

  private unknown(step: Step, inputs: LayerInput[]): null {
    this.report(step, inputs, "unknown", null);
    if (step.layer.nested) for (const inner of step.layer.nested.steps) this.report(inner, [], "unknown", null);
    return null;
  }

  private *layer(step: Step, tensors: tf.Tensor[], inputs: LayerInput[]): Generator<undefined, Tensors> {
    const { layer } = step;
    const shapes = tensors.map(({ shape }) => shape);
    if (layer.nested) return yield* this.nested(step, layer.nested, tensors, inputs);
    if (layer.flaw) return this.fail({ step, message: layer.flaw }, inputs);
    if (!layer.runner || !layer.isBuilt) return this.unknown(step, inputs);
    const broken = ruleBroken(layer.runner.rules(), shapes);
    if (broken) return this.fail({ step, message: broken }, inputs);
    try {
      const outputs = this.call(step, tensors);
      this.report(
        step,
        inputs,
        "ok",
        outputs.map(({ shape }) => shape),
      );
      return outputs;
    } catch (error) {
      return this.fail({ step, message: inWords(error) }, inputs);
    }
  }

  private call(step: Step, tensors: tf.Tensor[]): tf.Tensor[] {
    this.layerId = step.layer.layer.id;
    this.ofThisLayer = [];
    this.provenance.enterLayer(tensors);
    const call = bindCall(step.node.layer.calls[step.node.call], tensors);
    return tf.tidy(() => step.layer.runner?.run(call) ?? []);
  }

  private *nested(step: Step, nested: PreparedNetwork, tensors: tf.Tensor[], inputs: LayerInput[]): Generator<undefined, Tensors> {
    const verdicts = gateOf(nested, tensors, this.prepared.model.kerasMajor);
    const shut = verdicts.find(({ open }) => !open);
    if (shut) return this.fail({ step, message: shut.message ?? "its input check refuses the tensor" }, inputs);
    const row = this.report(step, inputs, "ok", null);
    const adapted = tensors.map((tensor, index) => adaptTensor(tensor, verdicts[index]?.adapted ?? tensor.shape));
    const outputs = yield* this.network(nested, adapted);
    if (this.failure) {
      row.status = "failed";
      row.message = `fails inside, at ${this.failure.layer}`;
      return null;
    }
    const flat = outputs.every((tensors) => tensors !== null) ? outputs.flatMap((tensors) => tensors ?? []) : null;
    if (!flat) row.status = "unknown";
    row.output = flat?.map(({ shape }) => shape.slice()) ?? null;
    return flat;
  }

  private fail({ step, message }: Refusal, inputs: LayerInput[]): null {
    const row = this.report(step, inputs, "failed", null);
    row.message = message;
    this.failure = { layer: step.layer.layer.id, message, step };
    return null;
  }

  /** The first call of a layer fills its row, later ones follow. */
  private report(step: Step, inputs: LayerInput[], status: LayerStatus, output: number[][] | null): LayerReport {
    const id = step.layer.layer.id;
    const row = this.rowsById.get(id) as LayerReport;
    const seen = this.callsSeen.get(id) ?? 0;
    this.callsSeen.set(id, seen + 1);
    const shapes = output?.map((shape) => shape.slice()) ?? null;
    if (seen === 0) Object.assign(row, { status, output: shapes, inputs: inputs.length > 0 ? inputs : row.inputs });
    else {
      row.furtherCalls ??= [];
      row.furtherCalls.push({ inputs, status, output: shapes });
    }
    return row;
  }
}

function tensorsAt({ step, output }: Source, values: Tensors[]): Tensors {
  const tensor = values[step]?.[output];
  return tensor ? [tensor] : null;
}

/** What the input check of a network says to each of its tensors. */
export function gateOf({ network, inputSteps, steps }: PreparedNetwork, tensors: { shape: number[] }[], kerasMajor: 2 | 3): Verdict[] {
  return inputSteps.map((index, position) => {
    const { layer, declared } = steps[index] as Step;
    const wanted = declared?.[0] ?? [];
    const { shape } = tensors[position] as { shape: number[] };
    if (network.kind === "sequential" && kerasMajor === 3) return checkRank(layer.layer.name, wanted, shape);
    return checkInput(layer.layer.name, wanted, shape, kerasMajor);
  });
}

/** The tensor in the shape in which Keras lets it in. */
function adaptTensor(tensor: tf.Tensor, shape: number[]): tf.Tensor {
  return tensor.rank === shape.length ? tensor : tf.reshape(tensor, shape);
}
