import * as tf from "@tensorflow/tfjs-core";
import { emptyTensor, observeKernels, UnknownNumbers } from "../engines";
import { type Masks, Stores, Unknown } from "../layers";
import { type LayerInput, type LayerStatus, sameShape } from "../model";
import { broadcastOf, type FoundBroadcast, isSameBroadcast } from "./broadcasts";
import { atPlaces } from "./calls";
import { CONTROLS, MOST_REPEATED, numberOf, type Walker } from "./control";
import { DeadEnds, isMerge, isSwitch } from "./dead-ends";
import { checkExactly, checkInput, checkRank, letPass, type Verdict } from "./gate";
import { Keeper } from "./keeper";
import { runMasked } from "./masked";
import type { PreparedModel, PreparedNetwork, Source, Step } from "./prepared";
import { Provenance } from "./provenance";
import { callNumber, Rows } from "./rows";
import { ruleBroken } from "./rules";
import { inWords } from "./words";

/** One call of a layer in one run. */
export interface Happening {
  step: Step;
  /** Number of the call of the network around it. */
  round: number;
  inputs: LayerInput[];
}

/** A call with the tensors that it is given. */
interface Arrival extends Happening {
  tensors: Tensors;
}

/** Tensors of a step; null where nobody knows them. */
export type Tensors = tf.Tensor[] | null;

/** Is told of each layer that ran, while its outputs are there: how long it took, in milliseconds. */
export type Witness = (call: { step: Step; round: number; isFirst: boolean }, outputs: readonly tf.Tensor[], milliseconds: number) => void;

/** One way of a probe through a model, layer by layer; what it leaves behind goes into the report. */
export class Run {
  readonly broadcasts: FoundBroadcast[] = [];
  /** The layer that failed; null while all is well. */
  failure: { layer: string; message: string; happening: Happening } | null = null;
  /** Is told of each layer before it runs. */
  announce: ((layerId: string) => void) | null = null;
  /** Is asked after each step of the model itself, with the tensors of all steps so far; true ends the run there. */
  isEnough: ((step: Step, values: readonly Tensors[]) => boolean) | null = null;
  private ofThisLayer: FoundBroadcast[] = [];
  private readonly keeper = new Keeper();
  private readonly provenance: Provenance;
  /** What the lists of a graph hold. */
  readonly stores = new Stores();
  private layerId = "";
  /** How many loops go round again: what happens then is not noted, as it has happened before. */
  private again = 0;
  /** How many operations they have repeated. */
  private repeated = 0;

  constructor(
    private readonly prepared: Pick<PreparedModel, "model" | "network" | "weightsById">,
    private readonly witness: Witness | null = null,
    /** What positions count; null on an engine without numbers. */
    readonly masks: Masks | null = null,
    /** Those of an earlier run where nobody reads what they say: what this one does not come to stays as it was. */
    readonly rows = new Rows(prepared.network),
  ) {
    this.provenance = new Provenance(prepared.weightsById);
  }

  /** Runs the whole model on these tensors, a layer at each step of the generator; afterwards `free` everything. */
  run(inputs: tf.Tensor[]): Generator<undefined, Tensors[]> {
    this.keeper.hold(inputs, 1);
    return this.network(
      this.prepared.network,
      inputs.map((input) => [input]),
      0,
    );
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
    this.stores.free();
    this.masks?.free();
  }

  /** A loop inside a layer does the same thing again and again: once is enough. */
  private keep(found: FoundBroadcast): void {
    if (this.again > 0 || this.ofThisLayer.some((known) => isSameBroadcast(known, found))) return;
    this.ofThisLayer.push(found);
    this.broadcasts.push(found);
  }

  /** `round`: number of this call of the network. */
  private *network(prepared: PreparedNetwork, inputs: Tensors[], round: number): Generator<undefined, Tensors[]> {
    const values: Tensors[] = new Array(prepared.steps.length).fill(null);
    prepared.inputSteps.forEach((index, position) => {
      const step = prepared.steps[index] as Step;
      const tensors = inputs[position] ?? null;
      values[index] = tensors;
      if (tensors) this.provenance.enterNetwork(tensors);
      this.note({ step, round, inputs: [] }, tensors ? "ok" : "unknown", tensors);
      if (tensors) this.keeper.hold(tensors, step.readers);
    });
    const deadEnds = prepared.hasSwitch ? new DeadEnds() : null;
    for (const step of prepared.steps) {
      if (step.layer.isInput) continue;
      if (deadEnds?.holds(step)) {
        values[step.index] = [];
        this.handOn(step, values, []);
        continue;
      }
      const happening =
        deadEnds && isMerge(step) ? this.merging(step, values, { round, alive: deadEnds.alive(step) }) : this.arrival(step, values, round);
      const { nested } = step.layer;
      const { tensors } = happening;
      const result =
        nested && tensors && !step.layer.flaw
          ? yield* this.nested(happening, nested, atPlaces(tensors, step.dataPlaces))
          : this.layer(happening);
      values[step.index] = result;
      if (this.failure) return [];
      if (deadEnds && isSwitch(step) && happening.tensors) closeOther(deadEnds, step, happening.tensors);
      this.handOn(step, values, result);
      if (prepared === this.prepared.network && this.isEnough?.(step, values)) return [];
      yield;
    }
    return prepared.outputs.map((source) => tensorsAt(source, values));
  }

  /** What a step is given. */
  private arrival(step: Step, values: Tensors[], round: number): Arrival {
    const inputs: LayerInput[] = [];
    let tensors: Tensors = [];
    step.sources.forEach(({ step: from, output, ref }, index) => {
      const tensor = values[from]?.[output];
      if (!tensor) tensors = null;
      tensors?.push(tensor as tf.Tensor);
      inputs.push({ layer: step.sourceIds[index] as string, call: ref.call, output: ref.output, shape: tensor?.shape.slice() ?? null });
    });
    return { step, round, inputs, tensors };
  }

  /** What a Merge is given: the one tensor that arrives, or any of several where nobody knows which does. */
  private merging(step: Step, values: Tensors[], { round, alive }: { round: number; alive: number[] }): Arrival {
    const arrival = this.arrival(step, values, round);
    const arrived = alive.map((index) => tensorsAt(step.sources[index] as Source, values)?.[0] ?? null);
    const [first] = arrived;
    const isSure = arrived.every((tensor) => tensor && first && sameShape(tensor.shape, first.shape));
    return { ...arrival, tensors: isSure && first ? [first] : null };
  }

  /** Keeps what a step gave for those that read it, and lets go of what it read. */
  private handOn(step: Step, values: Tensors[], result: Tensors): void {
    if (result) this.keeper.hold(result, step.readers);
    // Until now a nested model held its outputs itself.
    if (result && step.layer.nested) this.keeper.release(result);
    for (const { step: from } of step.sources) {
      const read = values[from];
      if (read) this.keeper.release(read);
    }
  }

  /**
   * A layer that nobody knows, `why` if it is the first of its kind: its output is what the file tells of it (unless it depends on numbers,
   * as the file does not know those either), else null.
   */
  private unknown(arrival: Arrival, why: string | null, isTold = true): Tensors {
    const told = (isTold && toldShapes(arrival)?.map((shape) => emptyTensor(shape, "float32"))) || null;
    this.note(arrival, "unknown", told);
    if (why !== null) this.rows.of(arrival.step.layer.layer.id).message = why;
    if (told) return told;
    const { nested } = arrival.step.layer;
    const round = roundInside(arrival);
    for (const step of nested?.steps ?? []) {
      const inside = { step, round, inputs: this.rows.record(step, round).inputs, tensors: null };
      this.unknown(inside, null);
    }
    return null;
  }

  /** Notes of a layer whether numbers are all that it wants. */
  private needsNumbers({ step }: Happening, error: unknown): boolean {
    if (!(error instanceof UnknownNumbers)) return false;
    this.rows.of(step.layer.layer.id).needsNumbers = true;
    return true;
  }

  private layer(arrival: Arrival): Tensors {
    const { layer } = arrival.step;
    this.announce?.(layer.layer.id);
    const { tensors } = arrival;
    if (!tensors) return this.unknown(arrival, null);
    if (layer.flaw) return this.fail(arrival, layer.flaw);
    if (!layer.runner || !layer.isBuilt) return this.unknown(arrival, layer.unknownBecause);
    const broken = ruleBroken(layer.runner.rules(), atPlaces(tensors, arrival.step.dataPlaces));
    if (broken) return this.fail(arrival, broken);
    try {
      const begun = this.witness ? performance.now() : 0;
      const outputs = this.call(arrival.step, tensors);
      if (this.again === 0)
        this.witness?.(
          { step: arrival.step, round: arrival.round, isFirst: arrival.step.node.call === 0 },
          outputs,
          performance.now() - begun,
        );
      this.note(arrival, "ok", outputs);
      return outputs;
    } catch (error) {
      // What the file does not tell, no tensor is to blame for.
      if (!isUnknown(error)) return this.fail(arrival, inWords(error));
      const needsNumbers = this.needsNumbers(arrival, error);
      return this.unknown(arrival, inWords(error), !needsNumbers);
    }
  }

  private call(step: Step, tensors: tf.Tensor[]): tf.Tensor[] {
    this.layerId = step.layer.layer.id;
    this.ofThisLayer = [];
    this.provenance.enterLayer(tensors, step.layer.layer.operation !== undefined);
    return tf.tidy(() => runMasked(step, tensors, this.prepared.model.kerasMajor, this));
  }

  private *nested(happening: Happening, nested: PreparedNetwork, tensors: tf.Tensor[]): Generator<undefined, Tensors> {
    const control = CONTROLS[nested.network.kind];
    if (control) return yield* this.controlled(happening, control(nested, tensors, this.walker(happening)));
    const verdicts = gateOf(nested, tensors, this.prepared.model.kerasMajor);
    const shut = verdicts.find(({ open }) => !open);
    if (shut?.message) return this.fail(happening, shut.message);
    const adapted = tensors.map((tensor, index) => [adaptTensor(tensor, verdicts[index]?.adapted ?? tensor.shape, this.masks)]);
    const outputs = yield* this.network(nested, adapted, roundInside(happening));
    if (this.failure) return this.failInside(happening);
    const flat = outputs.every((tensors) => tensors !== null) ? outputs.flat() : null;
    this.note(happening, flat ? "ok" : "unknown", flat);
    return flat;
  }

  /** A loop or a choice, whose parts run as networks of their own. */
  private *controlled(happening: Happening, walk: Generator<undefined, Tensors>): Generator<undefined, Tensors> {
    try {
      const outputs = yield* walk;
      if (this.failure) return this.failInside(happening);
      this.note(happening, outputs ? "ok" : "unknown", outputs);
      return outputs;
    } catch (error) {
      if (!isUnknown(error)) throw error;
      this.note(happening, "unknown", null);
      this.rows.of(happening.step.layer.layer.id).message = inWords(error);
      this.needsNumbers(happening, error);
      return null;
    }
  }

  private walker(around: Happening): Walker {
    const round = roundInside(around);
    const run = this;
    return {
      keeper: this.keeper,
      *walk(step, tensors, again) {
        const part = { step, round, inputs: [], tensors };
        if (again) run.repeated += step.layer.nested?.steps.length ?? 0;
        if (run.repeated > MOST_REPEATED) throw new Unknown("it goes round so often that it is not followed to its end");
        run.again += again ? 1 : 0;
        try {
          return step.layer.nested ? yield* run.nested(part, step.layer.nested, tensors) : null;
        } finally {
          run.again -= again ? 1 : 0;
        }
      },
    };
  }

  private failInside(happening: Happening): null {
    this.note(happening, "failed", null);
    this.rows.of(happening.step.layer.layer.id).message = `fails inside, at ${this.failure?.layer}`;
    return null;
  }

  private fail(happening: Happening, message: string): null {
    this.note(happening, "failed", null);
    const row = this.rows.of(happening.step.layer.layer.id);
    // Whichever of its calls failed, the layer is the one to look at.
    row.status = "failed";
    row.message = message;
    this.failure = { layer: row.id, message, happening };
    return null;
  }

  private note({ step, round, inputs }: Happening, status: LayerStatus, tensors: Tensors): void {
    if (this.again > 0 && status === "ok") return;
    const record = this.rows.record(step, round);
    record.status = status;
    record.inputs = inputs;
    record.output = tensors?.map(({ shape }) => shape.slice()) ?? null;
  }
}

/** Of a Switch whose number is known, one output gives nothing. */
function closeOther(deadEnds: DeadEnds, step: Step, [, choice]: tf.Tensor[]): void {
  const chosen = choice ? numberOf(choice) : null;
  if (chosen !== null) deadEnds.close(step, chosen === 0 ? 1 : 0);
}

/** Whether what a layer threw says that nobody can know, rather than that it cannot run. */
function isUnknown(error: unknown): boolean {
  return error instanceof Unknown || error instanceof UnknownNumbers;
}

/** Number of the call of a nested model that this call of its layer is. */
function roundInside({ step, round }: Happening): number {
  return callNumber(step.layer, step.node.call, round);
}

/**
 * Output shapes that the file tells of a layer: sure only for tensors as declared, and where no axis but the batch is open.
 * Null where that is not so.
 */
function toldShapes({ step, tensors }: Arrival): number[][] | null {
  const [first] = tensors ?? [];
  const declaredInputs = step.sources.map(({ step: from, output }) => step.network.steps[from]?.declared?.[output]);
  const areAsDeclared = tensors?.every(({ shape }, index) =>
    declaredInputs[index]?.every((size, axis) => size === null || size === shape[axis]),
  );
  if (!first || !areAsDeclared || !step.declared) return null;
  const batch = first.shape[0] ?? null;
  const shapes = step.declared.map((shape) => shape.map((size, axis) => (size === null && axis === 0 ? batch : size)));
  return shapes.every((shape): shape is number[] => !shape.includes(null)) ? shapes : null;
}

function tensorsAt({ step, output }: Source, values: Tensors[]): Tensors {
  const tensor = values[step]?.[output];
  return tensor ? [tensor] : null;
}

/** What the input check of a network says to each of its tensors. */
export function gateOf({ network, inputSteps, steps }: PreparedNetwork, tensors: { shape: number[] }[], kerasMajor: 2 | 3): Verdict[] {
  return inputSteps.map((index, position) => {
    const { layer, declared } = steps[index] as Step;
    const given = tensors[position];
    if (!given) return { open: false, message: `${layer.layer.name} is given no tensor`, adapted: [] };
    const { shape } = given;
    if (network.kind === "graph") return checkExactly(layer.layer, shape);
    // A Sequential of tf_keras that was built without a declared input checks nothing.
    if (network.kind === "sequential" && kerasMajor === 2 && network.buildInputShape) return { open: true, message: null, adapted: shape };
    const wanted = declared?.[0] ?? [];
    const comparesRanks = network.kind === "sequential" || network.hasNestedInputs;
    if (comparesRanks && kerasMajor === 3) return checkRank(layer.layer.name, wanted, shape);
    if (network.hasNestedInputs) return letPass(wanted, shape);
    return checkInput(layer.layer.name, wanted, shape, kerasMajor);
  });
}

/** The tensor in the shape in which Keras lets it in, with the mask that it has. */
export function adaptTensor(tensor: tf.Tensor, shape: number[], masks: Masks | null = null): tf.Tensor {
  if (tensor.rank === shape.length) return tensor;
  const adapted = tf.reshape(tensor, shape);
  const mask = masks?.of(tensor);
  if (mask) masks?.set(adapted, mask);
  return adapted;
}
