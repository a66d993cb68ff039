import { emptyTensor, observeKernels, useShapesEngine } from "../../engines";
import { type Obstacle, ROUTINE_KINDS } from "../../model";
import { causeOf } from "../cause";
import { tensorDtype } from "../declared-input";
import type { PreparedModel } from "../prepared";
import { Rows } from "../rows";
import { Run, type Tensors } from "../run";
import type { Varied } from "./axes";
import { Passages } from "./passages";
import { Strides } from "./strides";

/** How a size fared. */
export interface Trial {
  /** The layer that cannot run; null where all do. */
  failure: { layer: string; message: string } | null;
  /** By axis the first layer whose stride does not divide. */
  uneven: readonly (string | null)[];
  /** The first layer of which nobody knows what it gives. */
  unknown: string | null;
}

/** Whether a size runs, as far as anybody can know. */
export const passes = ({ failure, unknown }: Trial): boolean => failure === null && unknown === null;

/** Tries sizes on a model as it is built, behind its input check. */
export class Trials {
  /** The largest product of strides that the first tensor met. */
  totalStride: number | null = null;
  private readonly passages: Passages<Trial>;
  private readonly rows: Rows;
  /** By the sizes of the varied axes. */
  private readonly tried = new Map<string, Trial>();

  constructor(
    private readonly prepared: PreparedModel,
    private readonly varied: Varied,
  ) {
    this.passages = new Passages(prepared);
    this.rows = new Rows(prepared.network);
  }

  /** Shapes of all inputs with these sizes along the varied axes; the others as suggested. */
  shapes(sizes: readonly number[]): number[][] {
    const names = new Set([this.varied.name, ...this.varied.together]);
    return this.prepared.inputs.map(({ name, suggested }) => {
      if (!names.has(name)) return suggested;
      const shape = suggested.slice();
      this.varied.places.forEach((place, axis) => {
        shape[place] = sizes[axis] as number;
      });
      return shape;
    });
  }

  /** `sizes`: of the varied axes. */
  try(sizes: readonly number[]): Trial {
    const key = String(sizes);
    const trial = this.tried.get(key) ?? this.tryShapes(this.shapes(sizes)).trial;
    this.tried.set(key, trial);
    return trial;
  }

  /** Tries shapes of all inputs. `stretched`: the first layer where a broadcast that a person should know of happened, where that was watched. */
  tryShapes(shapes: readonly number[][], isWatched = false): { trial: Trial; stretched: string | null } {
    useShapesEngine();
    const run = new Run(this.prepared, null, null, this.rows);
    const strides = new Strides(this.varied.axes.length, this.totalStride === null);
    let layer = "";
    run.announce = (id) => {
      layer = id;
    };
    const way = this.passages.enter();
    const unevenBy: Trial["uneven"][] = [];
    let unknown: string | null = null;
    run.isEnough = (step, values) => {
      if (values[step.index] === null) unknown ??= step.layer.layer.id;
      const before = unevenBy.length;
      const isKnown = way.pass(step, values);
      if (way.length > before) unevenBy.push(strides.takeUneven());
      return isKnown;
    };
    const stop = observeKernels((call) => strides.note(layer, call));
    try {
      const steps = begin(run, this.prepared, shapes);
      const finish = () => {
        while (!steps.next().done);
      };
      if (isWatched) run.watched(finish);
      else finish();
    } finally {
      stop();
      run.free();
    }
    this.totalStride ??= strides.total;
    const { known } = way;
    const failure = known ? known.failure : run.failure && { layer: run.failure.layer, message: run.failure.message };
    let trial: Trial = { failure, unknown: unknown ?? known?.unknown ?? null, uneven: firstOf(strides.uneven, known?.uneven) };
    way.end((index) => {
      const after = trial;
      trial = { ...trial, uneven: firstOf(unevenBy[index] ?? [], trial.uneven) };
      return after;
    });
    return { trial, stretched: run.broadcasts.find(({ kind }) => !ROUTINE_KINDS.has(kind))?.layer ?? null };
  }

  /** What stops these sizes, from a run of their own; null where nothing does. */
  obstacle(sizes: readonly number[]): Obstacle | null {
    useShapesEngine();
    const run = new Run(this.prepared);
    try {
      const steps = begin(run, this.prepared, this.shapes(sizes));
      while (!steps.next().done);
      const { failure } = run;
      return failure && { layer: failure.layer, message: failure.message, cause: causeOf(failure.happening, run.rows) };
    } finally {
      run.free();
    }
  }
}

function begin(run: Run, { inputs }: PreparedModel, shapes: readonly number[][]): Generator<undefined, Tensors[]> {
  return run.run(shapes.map((shape, index) => emptyTensor(shape, tensorDtype(inputs[index]?.dtype ?? "float32"))));
}

function firstOf(before: Trial["uneven"], after: Trial["uneven"] = []): (string | null)[] {
  return before.map((layer, axis) => layer ?? after[axis] ?? null);
}
