import { t } from "@vscode/l10n";
import { type Answer, imageSentences, type NumbersReport, type Report, said } from "../../model";
import { counted, listed } from "../words";

/** What a person should know of a run on numbers: whose weights these are, whether the shapes held, where NaN began. Empty without numbers. */
export function explainNumbers(report: Report): Answer[] {
  const { numbers } = report;
  if (!numbers) return [];
  const firstNan = report.layers.find(({ stats }) => (stats?.nans ?? 0) > 0);
  const text = [
    ...(numbers.image ? imageSentences(numbers.image, report.model.name) : []),
    ...(numbers.weightsNote ? [said(numbers.weightsNote)] : []),
    ...weightsText(numbers),
    numbers.differing.length > 0
      ? t("Other shapes than foretold at {0}: that is a fault of Layerscope's; please report it.", listed(numbers.differing))
      : t("The {0} engine gave every shape that was foretold.", report.probe.engine),
    ...referenceText(numbers),
    ...memoryText(report),
    ...(numbers.ended ? [t("Numbers end at {0}: {1}.", numbers.ended.layer, said(numbers.ended.why))] : []),
    ...(firstNan ? [t("The first NaN or infinity comes out of {0}.", firstNan.id)] : []),
  ];
  return [{ title: t("What did the {0} engine find?", report.probe.engine), text }];
}

function referenceText({ reference, differing }: NumbersReport): string[] {
  if (!reference) return [];
  if ("refused" in reference) return [t("TensorFlow itself does not run the SavedModel with this tensor: {0}.", reference.refused)];
  return differing.length > 0 ? [] : [t("TensorFlow itself, which ran the whole SavedModel, gave the same output shapes.")];
}

function memoryText({ memory }: Report): string[] {
  if (!memory) return [];
  return [
    t(
      "It holds {0} of weights and, at most at once, {1} of activations.",
      megabytes(memory.weightsBytes),
      megabytes(memory.activationBytes),
    ),
  ];
}
const megabytes = (bytes: number): string => (bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`);

function weightsText({ weightsFromFile, drawn, surplus }: NumbersReport): string[] {
  if (weightsFromFile === 0 && drawn.length === 0) return [t("The model has no weights.")];
  const file = weightsFromFile > 0 ? [t("{0} as in the file.", counted(weightsFromFile, "weight"))] : [];
  const random = drawn.length > 0 ? [drawnText(drawn, weightsFromFile)] : [];
  const unused = surplus.length > 0 ? [t("{0} of the file not used: {1}.", counted(surplus.length, "weight"), listed(surplus))] : [];
  return [...file, ...random, ...unused];
}

function drawnText(drawn: readonly string[], fromFile: number): string {
  if (fromFile === 0)
    return t(
      "No file has the model's {0}: drawn from their initializers, they make numbers that mean little.",
      counted(drawn.length, "weight"),
    );
  return t(
    "{0} not in the file in this shape, drawn from the initializer instead, so what comes of it means little: {1}.",
    counted(drawn.length, "weight"),
    listed(drawn),
  );
}
