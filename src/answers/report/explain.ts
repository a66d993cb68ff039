import { t } from "@vscode/l10n";
import { type Answer, formatShape, INPUT_GATE, type LayerReport, layerNoun, layerTitles, type Report } from "../../model";
import type { CodeBase } from "../code/base";
import { inputWays } from "../ways";
import { counted, rowOf } from "../words";
import { explainDepartures } from "./departed";
import { gateOf, reason } from "./gates";
import { explainNumbers } from "./numbers";
import { explainPooling } from "./pooled";
import { explainRebuilt } from "./rebuilt";
import { explainStretched } from "./stretched";
import { tiedSize } from "./tied";
import { explainUnknown } from "./unknown";

/**
 * What happened and why, in plain words: shut gates, failures, unusual broadcasts, unknown layers; empty where nothing is worth a word.
 * `base`: how Python gets hold of the model, for code of what can be done; without it there is none.
 */
export function explain(report: Report, base: CodeBase | null = null): Answer[] {
  return [
    ...explainInput(report, base),
    ...explainFailure(report, base),
    ...explainStretched(report, base),
    ...explainDepartures(report),
    ...explainRebuilt(report, base),
    ...explainUnknown(report),
    ...explainPooling(report),
    ...explainNumbers(report),
  ];
}

function explainInput(report: Report, base: CodeBase | null): Answer[] {
  const { open, message } = gateOf(report, "input");
  if (open) return [];
  const layers = gateOf(report, "layers");
  const behind = layers.open
    ? t("The layers themselves could take this tensor: a model built from them with another declared input would run.")
    : t("Behind the check, the layers could not take it either: {0}.", layers.message ?? "");
  return [
    {
      title: t("Why is the tensor refused?"),
      text: [t("The model checks what it is given before any layer runs: {0}.", message ?? ""), behind, ...tiedWords(report)],
      ...whatToDo(report, base),
    },
  ];
}

function explainFailure(report: Report, base: CodeBase | null): Answer[] {
  const { failure } = report;
  if (!failure || failure.layer === INPUT_GATE) return [];
  const row = rowOf(report, failure.layer);
  const title = layerTitles(report)(failure.layer);
  const text = [
    row ? t("{0} ({1}): {2}.", title, row.className, reason(failure.message)) : t("{0}: {1}.", title, reason(failure.message)),
    ...(row ? arrived(row, report) : []),
    ...letIn(report, row),
    ...causeWords(report),
    orderWords(report),
  ];
  return [
    {
      title: t("Why does it fail at {0}?", title),
      text,
      layers: [...(failure.cause ? [failure.cause] : []), failure.layer],
      ...whatToDo(report, base),
    },
  ];
}

function whatToDo(report: Report, base: CodeBase | null): Pick<Answer, "ways"> {
  const ways = base ? inputWays({ report, base }) : [];
  return ways.length > 0 ? { ways } : {};
}

function arrived({ inputs, weights }: LayerReport, report: Report): string[] {
  const titles = layerTitles(report);
  const shapes = inputs.flatMap(({ layer, shape }) => (shape ? [t("{0} from {1}", formatShape(shape), titles(layer))] : []));
  const kernel = weights.find(({ shape }) => shape.length > 1);
  if (shapes.length === 0) return [];
  const given = t("It was given {0}.", shapes.join(", "));
  return [kernel ? `${given} ${t("Its {0} is {1}, made for the declared input.", kernel.name, formatShape(kernel.shape))}` : given];
}

/** Keras's input check let the tensor in, where another number was declared: so the blame shows at a layer. */
function letIn(report: Report, row: LayerReport | undefined): string[] {
  const { message } = gateOf(report, "input");
  return message && row ? [t("The input check did not stop it: {0}.", message)] : [];
}

function causeWords(report: Report): string[] {
  const cause = rowOf(report, report.failure?.cause ?? "");
  const tied = tiedWords(report);
  if (!cause || tied.length > 0) return tied;
  const [from] = cause.inputs;
  const to = cause.output?.[0];
  const title = layerTitles(report)(cause.id);
  return [
    from?.shape && to
      ? t("The place to look at is {0}, which makes {2} of {1}.", title, formatShape(from.shape), formatShape(to))
      : t("The place to look at is {0}, which gives it that shape.", title),
  ];
}

/** All numbers in a row are as many as the size of the input makes them. */
function tiedWords(report: Report): string[] {
  const tied = tiedSize(report);
  if (!tied) return [];
  const titles = layerTitles(report);
  return [
    t(
      "The place to look at is {0}: it puts all numbers in a row, {1} = {2} of them, and {3} was built for {4}. So the model is tied to one size; pooling in its place would not be.",
      titles(tied.flatten.id),
      formatShape(tied.from.slice(1)),
      tied.count,
      titles(tied.reader.id),
      tied.wanted,
    ),
  ];
}

function orderWords({ layers, model }: Report): string {
  const noun = layerNoun(model.format);
  const reached = layers.filter(({ status, className }) => status === "ok" && className !== "InputLayer").length;
  const count = counted(reached, noun);
  if (noun === "layer")
    return reached === 0
      ? t("It is the first layer to run, so no other gets anything.")
      : t("{0} ran before it; those after it in Keras's running order never get anything.", count);
  return reached === 0
    ? t("It is the first operation to run, so no other gets anything.")
    : t("{0} ran before it; those after it in the order of the graph never get anything.", count);
}
