import { t } from "@vscode/l10n";
import { type Broadcast, layerTitles, type Report } from "../../model";
import { formatValues } from "../words";

/** What one operation with a number for each channel does, as the first of its kind and after others. */
const ARITHMETIC: {
  readonly [operation: string]: { first(count: number, numbers: string): string; next(numbers: string, layer: string): string };
} = {
  Sub: {
    first: (count, numbers) =>
      t("Each of the {0} channels that come out is the one that came in, minus a number of its own: {1}.", count, numbers),
    next: (numbers, layer) => t("From each, {1} subtracts a number of its own: {0}.", numbers, layer),
  },
  Add: {
    first: (count, numbers) =>
      t("Each of the {0} channels that come out is the one that came in, plus a number of its own: {1}.", count, numbers),
    next: (numbers, layer) => t("To each, {1} adds a number of its own: {0}.", numbers, layer),
  },
  Mul: {
    first: (count, numbers) =>
      t("Each of the {0} channels that come out is the one that came in, times a number of its own: {1}.", count, numbers),
    next: (numbers, layer) => t("{1} multiplies each by a number of its own: {0}.", numbers, layer),
  },
  RealDiv: {
    first: (count, numbers) =>
      t("Each of the {0} channels that come out is the one that came in, divided by a number of its own: {1}.", count, numbers),
    next: (numbers, layer) => t("{1} divides each by a number of its own: {0}.", numbers, layer),
  },
};

/** The numbers that make the copies differ, as far as they are known: those of this operation and of the ones right after it. */
export function arithmetic(report: Report, broadcast: Broadcast): string[] {
  const channels = broadcast.output.at(-1) as number;
  const titles = layerTitles(report);
  const from = report.broadcasts.slice(report.broadcasts.indexOf(broadcast));
  const end = from.findIndex((each) => numbersOf(each, channels) === null);
  const steps = end < 0 ? from : from.slice(0, end);
  return steps.map((step, index) => {
    const row = ARITHMETIC[step.operation] as (typeof ARITHMETIC)[string];
    const numbers = formatValues(numbersOf(step, channels) as number[]);
    return index === 0 ? row.first(channels, numbers) : row.next(numbers, titles(step.layer));
  });
}

/** A number for each channel that meets the tensor on the right side; null where it is something else, or nobody knows the numbers. */
function numbersOf({ operation, operands }: Broadcast, channels: number): number[] | null {
  const [tensor, other] = operands;
  const values = other?.values;
  const isOfChannels = tensor?.role === "activation" && other?.shape.at(-1) === channels && values?.length === channels;
  return operation in ARITHMETIC && isOfChannels ? (values ?? null) : null;
}
