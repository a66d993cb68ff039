import { type AcceptedChannels, type Answer, formatShape, INPUT_GATE, type Obstacle, type Sizes, type WishedSize } from "../model";
import { listed } from "./words";

/** Which sizes and channels a model takes, in words: a question each. `isGraph`: of operations, whose input nobody declares anew. */
export function explainSizes(sizes: Sizes, isGraph: boolean): Answer[] {
  return [...howSmall(sizes, isGraph), ...whichSizes(sizes), ...wishedSize(sizes), ...howManyChannels(sizes.channels)];
}

function howSmall({ smallest, below, gate, documented, reason, input }: Sizes, isGraph: boolean): Answer[] {
  const title = "How small may the input be?";
  if (!smallest || !input) return [{ title, text: [`There is no answer: ${reason}.`] }];
  const written = sizeText(smallest);
  const shape = input.axes.length === 2 ? "square that runs" : smallest.length === 1 ? "length that runs" : "cube that runs";
  const others = input.together.length > 0 ? ` (of ${listed([input.name, ...input.together])} together)` : "";
  const text = [`${written} is the smallest ${shape}${others}${documentedWords(smallest, documented)}.`];
  if (below) text.push(`One size below, ${obstacleWords(below)}.`);
  if (gate !== null)
    text.push(
      `The input check of the model as it is refuses it: ${gate}. ${isGraph ? "Behind it every operation would run." : "Declared anew (--mode rebuild), the input may have this size, and every weight still fits."}`,
    );
  return [{ title, text }];
}

function documentedWords(smallest: readonly number[], documented: Sizes["documented"]): string {
  if (!documented) return "";
  const [height = 0] = smallest;
  const named = `the documentation names ${formatShape(documented)}`;
  if (height === documented[0]) return `, as the documentation says`;
  return height < documented[0]
    ? `; ${named}, which its function insists on, though its layers do not need it`
    : `; ${named}, which is too small here`;
}

function whichSizes({ sides, any_size, tied, smallest, input }: Sizes): Answer[] {
  if (!sides || !smallest || !input) return [];
  const title = "Which sizes run?";
  if (any_size)
    return [{ title, text: [`Every size from ${sizeText(smallest)} on${input.axes.length > 1 ? `; ${freely(input.axes)}` : ""}.`] }];
  const equal = input.axes.length > 1 ? " (equal sides)" : "";
  const ranges = sides.ranges.map(([from, to]) => (to === null ? `all from ${from} on` : from === to ? `${from}` : `${from} to ${to}`));
  if (!sides.beyond) {
    const which = `Only these${equal}: ${listed(ranges, 8)}.`;
    return [{ title, text: tied ? [which, `The model is tied to its size: at the next one, ${obstacleWords(tied)}.`] : [which] }];
  }
  const { from, period, remainders } = sides.beyond;
  const which =
    String(remainders) === "0" ? `multiples of ${period}` : `those that leave ${rangeText(remainders)} when divided by ${period}`;
  const before = ranges.length > 0 ? `${listed(ranges, 8)}; from ${from} on ` : "";
  return [
    { title, text: [`Not all${equal}: ${before}only ${which}. At others, branches that are joined again have lost a different rest.`] },
  ];
}

const freely = (axes: readonly string[]): string => `${axes.slice(0, -1).join(", ")} and ${axes.at(-1)} may differ`;

function wishedSize({ wished, input }: Sizes): Answer[] {
  if (!wished || !input) return [];
  const { size, gate, obstacle, even } = wished;
  const text = [obstacle ? `It does not run: ${obstacleWords(obstacle)}.` : gate === null ? "It runs." : `Its layers run it, but ${gate}.`];
  if (size.length > 1 && new Set(size).size > 1) text.push(...alongEach(wished, input.axes));
  if (isAmong(size, even)) text.push("Every stride divides it: no layer leaves a border out or pads a rest.");
  else if (even.length > 0)
    text.push(`Sizes near it that every stride divides, so that no border is wasted: ${listed(even.map(sizeText))}.`);
  return [{ title: `What of ${sizeText(size)}?`, text }];
}

function alongEach({ size, smallest, longest }: WishedSize, axes: readonly string[]): string[] {
  const words = axes.map((axis, index) => {
    const others = size.flatMap((side, each) => (each === index ? [] : [`${axes[each]} ${side}`])).join(" and ");
    return smallest[index] === null
      ? `with ${others} no ${axis} up to ${longest} runs`
      : `with ${others} the smallest ${axis} is ${smallest[index]}`;
  });
  return [`${capital(words.join("; "))}.`];
}

const isAmong = (size: readonly number[], sizes: readonly number[][]): boolean => sizes.some((each) => String(each) === String(size));

function howManyChannels(channels: readonly AcceptedChannels[]): Answer[] {
  if (channels.length === 0) return [];
  const text = channels.map(({ channels: count, accepted, layer, message }) => {
    if (accepted) return `${count}: taken${layer ? `, stretched at ${layer}` : ""}.`;
    return layer === INPUT_GATE ? `${count}: refused by the input check: ${message}.` : `${count}: fails at ${layer}: ${message}.`;
  });
  return [{ title: "How many channels?", text }];
}

function obstacleWords({ layer, message, cause }: Obstacle): string {
  return `${layer} cannot run: ${message}${cause ? ` (look at ${cause})` : ""}`;
}

const sizeText = (size: readonly number[]): string => formatShape(size);

/** `0 to 2, 11 to 15`. */
function rangeText(numbers: readonly number[]): string {
  const ranges: [number, number][] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last && last[1] === number - 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return listed(
    ranges.map(([from, to]) => (from === to ? `${from}` : `${from} to ${to}`)),
    8,
  );
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
