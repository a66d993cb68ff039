import { t } from "@vscode/l10n";
import { type AcceptedChannels, type Answer, formatShape, INPUT_GATE, type Obstacle, type Sizes, said, type WishedSize } from "../model";
import { listed, paragraph } from "./words";

/** Which sizes and channels a model takes, in words: a question each. `isGraph`: of operations, whose input nobody declares anew. */
export function explainSizes(sizes: Sizes, isGraph: boolean): Answer[] {
  return [...howSmall(sizes, isGraph), ...whichSizes(sizes), ...wishedSize(sizes), ...howManyChannels(sizes.channels)];
}

function howSmall({ smallest, below, gate, documented, reason, input }: Sizes, isGraph: boolean): Answer[] {
  const title = t("How small may the input be?");
  if (!smallest || !input) return [{ title, text: [t("There is no answer: {0}.", said(reason ?? ""))] }];
  const others = input.together.length > 0 ? t(" (of {0} together)", listed([input.name, ...input.together])) : "";
  const text = [smallestWords(smallest, `${others}${documentedWords(smallest, documented)}`)];
  if (below) text.push(t("One size below, {0}.", obstacleWords(below)));
  if (gate !== null)
    text.push(
      isGraph
        ? t("The input check of the model as it is refuses it: {0}. Behind it every operation would run.", said(gate))
        : t(
            "The input check of the model as it is refuses it: {0}. Declared anew (mode rebuild), the input may have this size, and every weight still fits.",
            said(gate),
          ),
    );
  return [{ title, text }];
}

/** `more`: what is added to the claim, with its comma. */
function smallestWords(size: readonly number[], more: string): string {
  if (size.length === 2) return t("{0} is the smallest square that runs{1}.", sizeText(size), more);
  return size.length === 1
    ? t("{0} is the smallest length that runs{1}.", sizeText(size), more)
    : t("{0} is the smallest cube that runs{1}.", sizeText(size), more);
}

function documentedWords(smallest: readonly number[], documented: Sizes["documented"]): string {
  if (!documented) return "";
  const [height = 0] = smallest;
  const named = formatShape(documented);
  if (height === documented[0]) return t(", as the documentation says");
  return height < documented[0]
    ? t("; the documentation names {0}, which its function insists on, though its layers do not need it", named)
    : t("; the documentation names {0}, which is too small here", named);
}

function whichSizes({ sides, any_size, tied, smallest, input }: Sizes): Answer[] {
  if (!sides || !smallest || !input) return [];
  const title = t("Which sizes run?");
  if (any_size) return [{ title, text: [everySize(sizeText(smallest), input.axes)] }];
  const hasEqualSides = input.axes.length > 1;
  const ranges = sides.ranges.map(([from, to]) => (to === null ? t("all from {0} on", from) : rangeWords(from, to)));
  if (!sides.beyond) {
    const named = listed(ranges, 8);
    const which = hasEqualSides ? t("Only these (equal sides): {0}.", named) : t("Only these: {0}.", named);
    return [{ title, text: tied ? [which, t("The model is tied to its size: at the next one, {0}.", obstacleWords(tied))] : [which] }];
  }
  const { from, period, remainders } = sides.beyond;
  const which =
    String(remainders) === "0"
      ? t("multiples of {0}", period)
      : t("those that leave {0} when divided by {1}", rangeText(remainders), period);
  const these = ranges.length > 0 ? t("{0}; from {1} on only {2}", listed(ranges, 8), from, which) : t("only {0}", which);
  const why = t("At others, branches that are joined again have lost a different rest.");
  const notAll = hasEqualSides ? t("Not all (equal sides): {0}.", these) : t("Not all: {0}.", these);
  return [{ title, text: [paragraph([notAll, why])] }];
}

function everySize(smallest: string, axes: readonly string[]): string {
  const names = axes.map(axisWord);
  return axes.length > 1
    ? t("Every size from {0} on; {1} and {2} may differ.", smallest, names.slice(0, -1).join(", "), names.at(-1) ?? "")
    : t("Every size from {0} on.", smallest);
}

/** A size's axis as the search calls it. */
const axisWord = (axis: string): string => AXES[axis]?.() ?? axis;

const AXES: { readonly [axis: string]: () => string } = {
  height: () => t("height"),
  width: () => t("width"),
  depth: () => t("depth"),
  length: () => t("length"),
};

function wishedSize({ wished, input }: Sizes): Answer[] {
  if (!wished || !input) return [];
  const { size, gate, obstacle, even } = wished;
  const text = [
    obstacle
      ? t("It does not run: {0}.", obstacleWords(obstacle))
      : gate === null
        ? t("It runs.")
        : t("Its layers run it, but {0}.", said(gate)),
  ];
  if (size.length > 1 && new Set(size).size > 1) text.push(...alongEach(wished, input.axes));
  if (isAmong(size, even)) text.push(t("Every stride divides it: no layer leaves a border out or pads a rest."));
  else if (even.length > 0)
    text.push(t("Sizes near it that every stride divides, so that no border is wasted: {0}.", listed(even.map(sizeText))));
  return [{ title: t("What of {0}?", sizeText(size)), text }];
}

function alongEach({ size, smallest, longest }: WishedSize, axes: readonly string[]): string[] {
  const words = axes.map((axis, index) => {
    const others = size.flatMap((side, each) => (each === index ? [] : [`${axisWord(axes[each] ?? "")} ${side}`])).join(", ");
    const least = smallest[index] ?? null;
    return least === null
      ? t("with {0} no {1} up to {2} runs", others, axisWord(axis), longest)
      : t("with {0} the smallest {1} is {2}", others, axisWord(axis), least);
  });
  return [`${capital(words.join("; "))}.`];
}

const isAmong = (size: readonly number[], sizes: readonly number[][]): boolean => sizes.some((each) => String(each) === String(size));

function howManyChannels(channels: readonly AcceptedChannels[]): Answer[] {
  if (channels.length === 0) return [];
  const text = channels.map(({ channels: count, accepted, layer, message }) => {
    if (accepted) return layer ? t("{0}: taken, stretched at {1}.", count, layer) : t("{0}: taken.", count);
    const why = said(message ?? "");
    return layer === INPUT_GATE
      ? t("{0}: refused by the input check: {1}.", count, why)
      : t("{0}: fails at {1}: {2}.", count, layer ?? "", why);
  });
  return [{ title: t("How many channels?"), text }];
}

function obstacleWords({ layer, message, cause }: Obstacle): string {
  return cause ? t("{0} cannot run: {1} (look at {2})", layer, said(message), cause) : t("{0} cannot run: {1}", layer, said(message));
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
    ranges.map(([from, to]) => rangeWords(from, to)),
    8,
  );
}

const rangeWords = (from: number, to: number): string => (from === to ? String(from) : t("{0} to {1}", from, to));

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
