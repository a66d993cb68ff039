import { emptyTensor, useShapesEngine } from "../../engines";
import { type AcceptedChannels, INPUT_GATE, ROUTINE_KINDS } from "../../model";
import { tensorDtype } from "../declared-input";
import type { PreparedModel } from "../prepared";
import { gateOf, Run } from "../run";
import type { Varied } from "./axes";
import type { Trials } from "./trials";

/** The numbers of channels that people have: gray, gray with opacity, colour, colour with opacity. */
const COUNTS = [1, 2, 3, 4];

/** What the model as it is says to images of these sizes with 1 to 4 channels, its input check first. Empty where it takes no image. */
export function* acceptedChannels(
  prepared: PreparedModel,
  { varied, trials, sizes }: { varied: Varied; trials: Trials; sizes: readonly number[] },
): Generator<undefined, AcceptedChannels[]> {
  const { channelsPlace, places } = varied;
  if (channelsPlace === null || places.length !== 2) return [];
  const names = new Set([varied.name, ...varied.together]);
  const found: AcceptedChannels[] = [];
  for (const channels of COUNTS) {
    const shapes = trials.shapes(sizes).map((shape, index) => {
      if (!names.has(prepared.inputs[index]?.name ?? "")) return shape;
      return shape.map((size, place) => (place === channelsPlace ? channels : size));
    });
    found.push({ channels, ...verdict(prepared, shapes) });
    yield;
  }
  return found;
}

function verdict(prepared: PreparedModel, shapes: number[][]): Omit<AcceptedChannels, "channels"> {
  const verdicts = gateOf(
    prepared.network,
    shapes.map((shape) => ({ shape })),
    prepared.model.kerasMajor,
  );
  const shut = verdicts.find(({ open }) => !open);
  if (shut) return { accepted: false, layer: INPUT_GATE, message: shut.message };
  useShapesEngine();
  const run = new Run(prepared);
  try {
    const dtypeOf = (index: number) => tensorDtype(prepared.inputs[index]?.dtype ?? "float32");
    const steps = run.run(verdicts.map(({ adapted }, index) => emptyTensor(adapted, dtypeOf(index))));
    run.watched(() => {
      while (!steps.next().done);
    });
    if (run.failure) return { accepted: false, layer: run.failure.layer, message: run.failure.message };
    const letIn = verdicts.find(({ message }) => message !== null)?.message ?? null;
    const stretch = letIn === null ? undefined : run.broadcasts.find(({ kind }) => !ROUTINE_KINDS.has(kind));
    return { accepted: true, layer: stretch?.layer ?? null, message: letIn };
  } finally {
    run.free();
  }
}
