import { type Answer, imageSentences, type NumbersReport, type Report } from "../model";
import { counted, listed } from "./words";

/** What a person should know of a run on numbers: whose weights these are, whether the shapes held, where NaN began. Empty without numbers. */
export function explainNumbers(report: Report): Answer[] {
  const { numbers } = report;
  if (!numbers) return [];
  const firstNan = report.layers.find(({ stats }) => (stats?.nans ?? 0) > 0);
  const text = [
    ...(numbers.image ? imageSentences(numbers.image, report.model.name) : []),
    ...(numbers.weightsNote ? [numbers.weightsNote] : []),
    ...weightsText(numbers),
    numbers.differing.length > 0
      ? `Other shapes than foretold at ${listed(numbers.differing)}: that is a fault of Layerscope's; please report it.`
      : `The ${report.probe.engine} engine gave every shape that was foretold.`,
    ...referenceText(numbers),
    ...memoryText(report),
    ...(numbers.ended ? [`Numbers end at ${numbers.ended.layer}: ${numbers.ended.why}.`] : []),
    ...(firstNan ? [`The first NaN or infinity comes out of ${firstNan.id}.`] : []),
  ];
  return [{ title: `What did the ${report.probe.engine} engine find?`, text }];
}

function referenceText({ reference, differing }: NumbersReport): string[] {
  if (!reference) return [];
  if ("refused" in reference) return [`TensorFlow itself does not run the SavedModel with this tensor: ${reference.refused}.`];
  return differing.length > 0 ? [] : ["TensorFlow itself, which ran the whole SavedModel, gave the same output shapes."];
}

function memoryText({ memory }: Report): string[] {
  if (!memory) return [];
  return [
    `It holds ${megabytes(memory.weightsBytes)} of weights and, at most at once, ${megabytes(memory.activationBytes)} of activations.`,
  ];
}
const megabytes = (bytes: number): string => (bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`);

function weightsText({ weightsFromFile, drawn, surplus }: NumbersReport): string[] {
  if (weightsFromFile === 0 && drawn.length === 0) return ["The model has no weights."];
  const file = weightsFromFile > 0 ? [`${counted(weightsFromFile, "weight")} as in the file.`] : [];
  const random = drawn.length > 0 ? [drawnText(drawn, weightsFromFile)] : [];
  const unused = surplus.length > 0 ? [`${counted(surplus.length, "weight")} of the file not used: ${listed(surplus)}.`] : [];
  return [...file, ...random, ...unused];
}

function drawnText(drawn: readonly string[], fromFile: number): string {
  if (fromFile === 0)
    return `No file has the model's ${counted(drawn.length, "weight")}: drawn from their initializers, they make numbers that mean little.`;
  return `${counted(drawn.length, "weight")} not in the file in this shape, drawn from the initializer instead, so what comes of it means little: ${listed(drawn)}.`;
}
