import { type AcceptedChannels, INPUT_GATE } from "../../model";
import type { PreparedModel } from "../prepared";
import { gateOf } from "../run";
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
    found.push({ channels, ...verdict(prepared, trials, shapes) });
    yield;
  }
  return found;
}

function verdict(prepared: PreparedModel, trials: Trials, shapes: number[][]): Omit<AcceptedChannels, "channels"> {
  const verdicts = gateOf(
    prepared.network,
    shapes.map((shape) => ({ shape })),
    prepared.model.kerasMajor,
  );
  const shut = verdicts.find(({ open }) => !open);
  if (shut) return { accepted: false, layer: INPUT_GATE, message: shut.message };
  const adapted = verdicts.map((each) => each.adapted);
  const letIn = verdicts.find(({ message }) => message !== null)?.message ?? null;
  const { trial, stretched } = trials.tryShapes(adapted, letIn !== null);
  if (trial.failure) return { accepted: false, ...trial.failure };
  return { accepted: true, layer: letIn === null ? null : stretched, message: letIn };
}
