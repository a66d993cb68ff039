import {
  type Answer,
  type Broadcast,
  formatShape,
  type GateName,
  INPUT_GATE,
  type LayerReport,
  layerNoun,
  layerTitles,
  type Report,
  ROUTINE_KINDS,
} from "../model";
import { explainDepartures } from "./departed";
import { explainNumbers } from "./numbers";
import { explainPooling } from "./pooled";
import { explainRebuilt } from "./rebuilt";
import { explainUnknown } from "./unknown";
import { axisName, changeAlong, counted, describeOperand, listed, rowOf, stretchedActivation, withoutBatch } from "./words";

/** What happened and why, in plain words: shut gates, failures, unusual broadcasts, unknown layers. Empty where nothing is worth a word. */
export function explain(report: Report): Answer[] {
  return [
    ...explainInput(report),
    ...explainFailure(report),
    ...explainBroadcasts(report),
    ...explainDepartures(report),
    ...explainRebuilt(report),
    ...explainUnknown(report),
    ...explainPooling(report),
    ...explainNumbers(report),
  ];
}

function gateOf(report: Report, name: GateName): { open: boolean; message: string | null } {
  return report.gates.find(({ gate }) => gate === name) ?? { open: true, message: null };
}

function explainInput(report: Report): Answer[] {
  const { open, message } = gateOf(report, "input");
  if (open) return [];
  const layers = gateOf(report, "layers");
  const behind = layers.open
    ? "The layers themselves could take this tensor: a model built from them with another declared input would run."
    : `Behind the check, the layers could not take it either: ${layers.message}.`;
  return [{ title: "Why is the tensor refused?", text: [`The model checks what it is given before any layer runs: ${message}.`, behind] }];
}

function explainFailure(report: Report): Answer[] {
  const { failure } = report;
  if (!failure || failure.layer === INPUT_GATE) return [];
  const row = rowOf(report, failure.layer);
  const titleOf = layerTitles(report);
  const title = titleOf(failure.layer);
  const noun = layerNoun(report.model.format);
  const order = noun === "layer" ? "Keras's running order" : "the order of the graph";
  const reached = report.layers.filter(({ status, className }) => status === "ok" && className !== "InputLayer").length;
  const text = [
    `${title}${row ? ` (${row.className})` : ""}: ${failure.message}.`,
    ...(row ? arrived(row, titleOf) : []),
    ...letIn(report, row),
    ...(failure.cause ? [`The place to look at is ${titleOf(failure.cause)}, which gives it that shape.`] : []),
    reached === 0
      ? `It is the first ${noun} to run, so no other gets anything.`
      : `${counted(reached, noun)} ran before it; those after it in ${order} never get anything.`,
  ];
  return [{ title: `Why does it fail at ${title}?`, text, ...grayscaleWays(report, row) }];
}

function arrived({ inputs, weights }: LayerReport, titleOf: (id: string) => string): string[] {
  const shapes = inputs.flatMap(({ layer, shape }) => (shape ? [`${formatShape(shape)} from ${titleOf(layer)}`] : []));
  const kernel = weights.find(({ shape }) => shape.length > 1);
  const built = kernel ? ` Its ${kernel.name} is ${formatShape(kernel.shape)}, made for the declared input.` : "";
  return shapes.length > 0 ? [`It was given ${shapes.join(" and ")}.${built}`] : [];
}

/** Keras's input check let the tensor in, where another number was declared: so the blame shows at a layer. */
function letIn(report: Report, row: LayerReport | undefined): string[] {
  const { message } = gateOf(report, "input");
  return message && row ? [`The input check did not stop it: ${message}.`] : [];
}

function grayscaleWays(report: Report, row: LayerReport | undefined): Pick<Answer, "ways"> {
  const [input] = report.model.inputs;
  const declared = input?.declared.at(-1);
  const given = input && report.probe.inputs[input.name]?.at(-1);
  const isGray = report.model.inputs.length === 1 && given === 1 && typeof declared === "number" && declared > 1;
  if (!input || !isGray || !row?.inputs.some(({ shape }) => shape?.at(-1) === 1)) return {};
  const code =
    declared === 3 && input.declared.length === 4 ? "x = tf.image.grayscale_to_rgb(x)" : `x = tf.repeat(x, ${declared}, axis=-1)`;
  return { ways: [{ title: "Repeat the channel on purpose", code }] };
}

/** Most broadcasts that are explained one by one; in graphs the same one may happen at many operations. */
const MOST_EXPLAINED = 3;

function explainBroadcasts(report: Report): Answer[] {
  const odd = report.broadcasts.filter(({ kind }) => !ROUTINE_KINDS.has(kind));
  const titles = layerTitles(report);
  const further = odd.slice(MOST_EXPLAINED).map(({ layer, operation }) => `${titles(layer)} (${operation})`);
  const rest = further.length > 0 ? [{ title: "Where else does broadcasting change a shape?", text: [`At ${listed(further, 6)}.`] }] : [];
  return [...odd.slice(0, MOST_EXPLAINED).map((broadcast) => explainBroadcast(report, broadcast, titles(broadcast.layer))), ...rest];
}

function explainBroadcast(report: Report, broadcast: Broadcast, layer: string): Answer {
  const operand = stretchedActivation(broadcast);
  const others = broadcast.operands.filter((other) => other !== operand).map(describeOperand);
  const stretches = (operand?.stretched ?? []).map((axis) => describeStretch(broadcast, axis));
  const meets = `At ${layer}, ${broadcast.operation} brings together ${operand ? describeOperand(operand) : "its operands"} and ${others.join(", ")}.`;
  const effect = `Broadcasting repeats the tensor ${stretches.join(" and ")}: the result is ${formatShape(broadcast.output)}.`;
  const { message } = gateOf(report, "input");
  const isFromInput = broadcast.kind === "expands-activation" && message !== null;
  return {
    title: isFromInput && isImage(report) ? "Why does this model take a grayscale image?" : titleOf({ ...broadcast, layer }),
    text: [
      ...(isFromInput ? [`The input check lets the tensor in: ${message}.`] : []),
      meets,
      effect,
      ...lateWords(report, broadcast),
      ...declaredInstead(report),
    ],
    ...(isFromInput ? grayscaleWays(report, rowOf(report, broadcast.layer)) : {}),
  };
}

/** Whether the model's one input is an image whose channels come last, and what came has one channel where three are declared. */
function isImage({ model, probe }: Report): boolean {
  const [input, ...others] = model.inputs;
  const shape = input && probe.inputs[input.name];
  return others.length === 0 && shape?.length === 4 && shape.at(-1) === 1 && input?.declared.at(-1) === 3;
}

function describeStretch(broadcast: Broadcast, axis: number): string {
  const operand = stretchedActivation(broadcast);
  const { from, to } = operand ? changeAlong(broadcast, operand, axis) : { from: 1, to: broadcast.output[axis] };
  return `along its ${axisName(axis, broadcast.output.length)} from ${from} to ${to}`;
}

function titleOf({ kind, layer }: Broadcast): string {
  if (kind === "expands-batch") return `Is it meant that ${layer} stretches along the batch?`;
  if (kind === "mutual") return `Is it meant that both tensors stretch at ${layer}?`;
  return `Why does ${layer} accept this tensor?`;
}

/** Whether everything that follows sees what it was built for. */
function lateWords(report: Report, broadcast: Broadcast): string[] {
  if (broadcast.kind !== "expands-activation" || report.failure) return [];
  const output = report.outputs[0]?.shape;
  return output
    ? [
        `From there on every layer gets the channels it was built for, so the output is ${withoutBatch(output)}: the same shape that an input of ${declaredChannels(report)} gives.`,
      ]
    : [];
}

/** What would come of declaring the tensor's shape rather than slipping it in. */
function declaredInstead(report: Report): string[] {
  const { open, message } = gateOf(report, "constructor");
  return open || !message ? [] : [`Declaring this shape to Keras's function instead would not do: ${message}.`];
}

function declaredChannels(report: Report): string {
  const declared = report.model.inputs[0]?.declared.at(-1);
  return typeof declared === "number" ? counted(declared, "channel") : "the declared channels";
}
