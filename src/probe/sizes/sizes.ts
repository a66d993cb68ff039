import { formatShape, type Sizes, type SizesQuestion, UserError } from "../../model";
import type { PreparedModel } from "../prepared";
import { gateOf } from "../run";
import { inTurns } from "../turns";
import { type Varied, variedInput } from "./axes";
import { acceptedChannels } from "./channels";
import { validSides } from "./sides";
import { passes, Trials } from "./trials";
import { wishedSize } from "./wished";

/** Longest side that is tried where the one that the model suggests is shorter. */
const LONGEST = 512;
/** Largest product of strides that is reckoned with: some layers stride as far as the whole image. */
const LONGEST_PERIOD = 128;
const LEAST_PERIOD = 32;
const LONGEST_WISHED = 4096;

/**
 * The smallest size that a model runs, what else is known of its sizes, and the channels that it takes. Sides are tried one by one from 1 on:
 * whether one runs says nothing of its neighbours, as branches that are joined may fit at every other size only.
 * @throws UserError for a size that the model has no axes for; the signal's reason when it is aborted
 */
export function sizesOf(prepared: PreparedModel, question: SizesQuestion = {}, signal?: AbortSignal): Promise<Sizes> {
  return inTurns(search(prepared, question), signal);
}

function* search(prepared: PreparedModel, question: SizesQuestion): Generator<undefined, Sizes> {
  const varied = variedInput(prepared);
  const wished = wishedOf(prepared, varied, question);
  const nothing = blank(prepared, varied);
  if (!varied || !wished)
    return { ...nothing, reason: "no input has a size that could be varied: each is a vector of numbers or a single one" };
  const trials = new Trials(prepared, varied);
  const equal = (side: number) => varied.axes.map(() => side);
  const longest = Math.max(LONGEST, ...wished);
  const { unknown } = trials.try(wished);
  const channels = yield* acceptedChannels(prepared, { varied, trials, sizes: wished });
  if (unknown !== null) return { ...nothing, channels, reason: unknownReason(unknown) };
  const period = Math.max(LEAST_PERIOD, Math.min(trials.totalStride ?? 1, LONGEST_PERIOD));
  const at = { ...(yield* wishedSize(trials, wished, { period, longest })), gate: gateAt(prepared, trials.shapes(wished)) };
  const smallest = yield* first(trials, equal, longest);
  if (typeof smallest === "string") return { ...nothing, channels, wished: at, reason: unknownReason(smallest) };
  if (smallest === null)
    return {
      ...nothing,
      channels,
      wished: at,
      reason: `no equal sides up to ${longest} run`,
      tied: at.obstacle ?? trials.obstacle(equal(longest)),
    };
  const far = Math.max(smallest, ...wished) + 2 * period;
  const beyond = yield* stretch(trials, equal, { from: far, count: 2 * period });
  const near = yield* stretch(trials, equal, { from: smallest, count: 2 * period });
  const isRegular = [...near.runs, ...beyond.runs].every(Boolean);
  const between = isRegular ? near : yield* stretch(trials, equal, { from: smallest, count: far - smallest });
  const sides = validSides(between, beyond);
  const last = sides.ranges.at(-1)?.[1];
  const isOpen = isRegular && (at.obstacle === null || wished.some((side) => side < smallest));
  const below = smallest > 1 ? trials.obstacle(equal(smallest - 1)) : null;
  return {
    ...nothing,
    minimum: varied.axes.length === 2 ? [smallest, smallest] : null,
    reason: varied.axes.length === 2 ? null : `${varied.name} is no image: it has ${varied.axes.join(", ")}`,
    smallest: equal(smallest),
    limit: below?.layer ?? null,
    below,
    any_size: isOpen && axesAreFree(trials, equal(smallest), far),
    channels,
    gate: gateAt(prepared, trials.shapes(equal(smallest))),
    sides,
    tied: sides.beyond === null && typeof last === "number" ? trials.obstacle(equal(last + 1)) : null,
    wished: at,
  };
}

const unknownReason = (layer: string): string => `what ${layer} makes of other sizes is unknown, and with it whether they run`;

function blank({ model }: PreparedModel, varied: Varied | null): Sizes {
  const input = varied && { name: varied.name, declared: varied.declared, axes: varied.axes, together: varied.together };
  return {
    minimum: null,
    documented: model.zoo?.documentedMinimum ?? null,
    limit: null,
    any_size: false,
    channels: [],
    reason: null,
    input,
    smallest: null,
    below: null,
    gate: null,
    sides: null,
    tied: null,
    wished: null,
  };
}

/**
 * Of each varied axis; a whole shape is taken for its sizes.
 * @throws UserError for what is no size of the varied axes
 */
function wishedOf({ model, inputs }: PreparedModel, varied: Varied | null, { size, inputs: probed = {} }: SizesQuestion): number[] | null {
  if (!varied) return null;
  const { axes, places, declared } = varied;
  const sizesIn = (shape: readonly number[]) => places.map((place) => shape[place] as number);
  if (size === undefined) {
    const shape = probed[varied.name];
    const isSize = shape?.length === declared.length && sizesIn(shape).every((side) => side <= LONGEST_WISHED);
    return sizesIn(isSize ? shape : (inputs.find(({ name }) => name === varied.name)?.suggested ?? []));
  }
  // A page may send what is no size at all.
  if (!Array.isArray(size)) throw new UserError(`${String(size)} is no size for ${model.name}: give a list of whole numbers.`);
  const isShape = size.length === declared.length - 1 && size.length > axes.length;
  const sizes = isShape ? sizesIn([1, ...size]) : size;
  if (sizes.length === axes.length && sizes.every((side) => Number.isInteger(side) && side >= 1 && side <= LONGEST_WISHED)) return sizes;
  const example = axes.map(() => 96).join("x");
  throw new UserError(
    `${formatShape(size)} is no size for ${model.name}: give its ${axes.join(" and ")}, 1 to ${LONGEST_WISHED}, like ${example}.`,
  );
}

/** The smallest equal sides that run; the layer that nobody knows where that hides them; null where none run. */
function* first(trials: Trials, equal: (side: number) => number[], longest: number): Generator<undefined, number | string | null> {
  for (let side = 1; side <= longest; side++) {
    const trial = trials.try(equal(side));
    if (passes(trial)) return side;
    // Whether this one runs nobody knows, so a larger one that does may not be the smallest.
    if (trial.failure === null && trial.unknown !== null) return trial.unknown;
    yield;
  }
  return null;
}

function* stretch(
  trials: Trials,
  equal: (side: number) => number[],
  { from, count }: { from: number; count: number },
): Generator<undefined, { from: number; runs: boolean[] }> {
  const runs: boolean[] = [];
  for (let index = 0; index < count; index++) {
    runs.push(passes(trials.try(equal(from + index))));
    yield;
  }
  return { from, runs };
}

/** Whether one axis may be long while the others are as short as can be. */
function axesAreFree(trials: Trials, smallest: number[], far: number): boolean {
  return smallest.every((_, axis) => passes(trials.try(smallest.map((side, each) => (each === axis ? far : side)))));
}

function gateAt({ network, model }: PreparedModel, shapes: number[][]): string | null {
  const verdicts = gateOf(
    network,
    shapes.map((shape) => ({ shape })),
    model.kerasMajor,
  );
  return verdicts.find(({ open }) => !open)?.message ?? null;
}
