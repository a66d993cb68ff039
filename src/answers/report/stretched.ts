import { t } from "@vscode/l10n";
import { type Answer, type Broadcast, type BroadcastOperand, formatShape, layerTitles, type Report, ROUTINE_KINDS } from "../../model";
import type { CodeBase } from "../code/base";
import { inputWays } from "../ways";
import { batchWays, isRowOf } from "../ways/batch-ways";
import { changeAlong, describeOperand, listed, paragraph, stretchedActivation, withoutBatch } from "../words";
import { arithmetic } from "./arithmetic";
import { gateOf } from "./gates";
import { readsInputAlone } from "./repeats";

/** Most broadcasts that are explained one by one; in graphs the same one may happen at many operations. */
const MOST_EXPLAINED = 3;

/** Each broadcast that a person should know of: what met, what became of it, whether it is harmless. `base`: null where no code is wanted. */
export function explainStretched(report: Report, base: CodeBase | null): Answer[] {
  const odd = report.broadcasts.filter(({ kind }) => !ROUTINE_KINDS.has(kind));
  const titles = layerTitles(report);
  const further = odd.slice(MOST_EXPLAINED).map(({ layer, operation }) => `${titles(layer)} (${operation})`);
  const rest =
    further.length > 0 ? [{ title: t("Where else does broadcasting change a shape?"), text: [t("At {0}.", listed(further, 6))] }] : [];
  return [...odd.slice(0, MOST_EXPLAINED).map((broadcast) => explainOne(report, broadcast, base)), ...rest];
}

function explainOne(report: Report, broadcast: Broadcast, base: CodeBase | null): Answer {
  const layer = layerTitles(report)(broadcast.layer);
  const isLetIn = broadcast.kind === "expands-activation" && gateOf(report, "input").message !== null;
  const ways = base ? (isLetIn ? inputWays({ report, base }) : batchWays(broadcast)) : [];
  return {
    title: isLetIn && isGrayImage(report) ? t("Why does this model take a grayscale image?") : titleOf({ ...broadcast, layer }),
    text: [
      ...(isLetIn ? [letInWords(report)] : []),
      paragraph([meets(broadcast, layer), ...effect(broadcast)]),
      ...CONSEQUENCES[broadcast.kind](report, broadcast),
    ],
    layers: [broadcast.layer],
    ...(ways.length > 0 ? { ways } : {}),
  };
}

const letInWords = (report: Report): string => t("The input check lets the tensor in: {0}.", gateOf(report, "input").message ?? "");

/** Whether the model's one input is an image whose channels come last, and what came has one channel where three are declared. */
function isGrayImage({ model, probe }: Report): boolean {
  const [input, ...others] = model.inputs;
  const shape = input && probe.inputs[input.name];
  return others.length === 0 && shape?.length === 4 && shape.at(-1) === 1 && input?.declared.at(-1) === 3;
}

function titleOf({ kind, layer }: Broadcast): string {
  if (kind === "expands-batch") return t("Is it meant that {0} stretches along the batch?", layer);
  if (kind === "mutual") return t("Is it meant that both tensors stretch at {0}?", layer);
  return t("Why does {0} accept this tensor?", layer);
}

function meets(broadcast: Broadcast, layer: string): string {
  const operand = stretchedActivation(broadcast);
  const others = broadcast.operands.filter((other) => other !== operand).map(describeOperand);
  return t(
    "At {0}, {1} brings together {2} and {3}.",
    layer,
    broadcast.operation,
    describeOperand(operand ?? (broadcast.operands[0] as BroadcastOperand)),
    others.join(", "),
  );
}

/** Of each tensor that was repeated, along what. */
function effect(broadcast: Broadcast): string[] {
  const stretched = broadcast.operands.filter(({ role, stretched: axes }) => role === "activation" && axes.length > 0);
  const words = stretched.map((operand) =>
    t(
      "Broadcasting repeats {0} along {1}.",
      describeOperand(operand),
      operand.stretched.map((axis) => stretchWords(broadcast, operand, axis)).join(", "),
    ),
  );
  return [...words, t("The result is {0}.", formatShape(broadcast.output))];
}

function stretchWords(broadcast: Broadcast, operand: BroadcastOperand, axis: number): string {
  const { from, to } = changeAlong(broadcast, operand, axis);
  const rank = broadcast.output.length;
  if (axis === 0) return t("its batch from {0} to {1}", from, to);
  if (axis === rank - 1 && rank >= 3) return t("its channels from {0} to {1}", from, to);
  return t("its axis {2} from {0} to {1}", from, to, axis);
}

/** What follows from a broadcast, by its kind. */
const CONSEQUENCES: { readonly [kind in Broadcast["kind"]]: (report: Report, broadcast: Broadcast) => string[] } = {
  "expands-activation": (report, broadcast) => [
    ...[paragraph(arithmetic(report, broadcast))].filter((text) => text !== ""),
    ...harmless(report, broadcast),
    ...declaredInstead(report),
  ],
  "expands-batch": (_, broadcast) => [batchWords(broadcast)],
  mutual: (_, { output }) => [
    t(
      "Each has 1 where the other has more, so every value of one meets every value of the other: {0}. That is right where all pairs are meant, as in attention.",
      withoutBatch(output),
    ),
  ],
  internal: () => [],
  "between-activations": () => [],
  parameter: () => [],
  scalar: () => [],
};

function batchWords({ operands, output }: Broadcast): string {
  const [first, second] = operands;
  const isPaired = first && second && (isRowOf(first, second) || isRowOf(second, first));
  return isPaired
    ? t(
        "So every sample of one meets every sample of the other: {0} numbers instead of one for each sample. No error says so.",
        formatShape(output),
      )
    : t(
        "So all samples meet the same one. That is right where it stands for all of them, as positions do; it is wrong where each sample has its own.",
      );
}

function harmless(report: Report, broadcast: Broadcast): string[] {
  const output = report.outputs[0]?.shape;
  if (report.failure || !output || gateOf(report, "input").message === null) return [];
  if (!readsInputAlone(report, broadcast.layer))
    return [t("The output is {0}, the same shape that the declared channels give.", withoutBatch(output))];
  return [
    t(
      "From there on every layer gets the channels it was built for. The output is {0}, number for number what the channel repeated on purpose would give.",
      withoutBatch(output),
    ),
    isGrayImage(report)
      ? t("So it does no harm; but the weights were made for colour, and see gray three times.")
      : t("So it does no harm; but the weights were made for several channels, and see the same one again and again."),
  ];
}

/** What would come of declaring the tensor's shape rather than slipping it in. */
function declaredInstead(report: Report): string[] {
  const { open, message } = gateOf(report, "constructor");
  return open || !message ? [] : [t("Declaring this shape to Keras's function instead would not do: {0}.", message)];
}
