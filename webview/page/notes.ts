import { t } from "@vscode/l10n";
import { architectureOf, type ImageInput, type ImageReport, imageInputFact, imageSentences, type Report, said } from "../../src/model";
import { counted } from "../draw/text";

/** One row a tone: how much it wants to be seen. */
type Tone = "quiet" | "caution" | "failed";

/** A word on a run with numbers, beside the headline. */
export interface Note {
  tone: Tone;
  text: string;
  /** For those who point at it. */
  hint?: string;
  /** The layer that it is about. */
  layer?: string;
  /** Whether it is a fault of ours, to be reported. */
  isFault?: boolean;
}

const MOST_NAMED = 12;

/** What a person must know of a run with numbers at first sight: whose weights, whether the shapes held, where numbers end or go wrong. */
export function notesOf(report: Report): Note[] {
  const { numbers, probe, layers } = report;
  if (!numbers) return [];
  const { differing, drawn, surplus, weightsFromFile, weightsNote, ended, image } = numbers;
  const notes: Note[] = [];
  const firstNan = layers.find(({ stats }) => (stats?.nans ?? 0) > 0);
  if (differing.length > 0)
    notes.push({
      tone: "failed",
      text: t("A fault of Layerscope's: {0} gave another shape on {1} than foretold", counted(differing.length, "layer"), probe.engine),
      hint: listed(differing),
      layer: differing[0] as string,
      isFault: true,
    });
  if (firstNan) notes.push({ tone: "failed", text: t("NaN or infinity from {0} on", firstNan.id), layer: firstNan.id });
  if (ended) notes.push({ tone: "caution", text: t("Numbers end at {0}: {1}", ended.layer, said(ended.why)), layer: ended.layer });
  if (image) notes.push(...imageNotes(image, report.model.name));
  if (drawn.length > 0) notes.push({ tone: "caution", text: drawnText(drawn.length, weightsFromFile), hint: listed(drawn) });
  if (surplus.length > 0)
    notes.push({
      tone: "caution",
      text:
        surplus.length === 1
          ? t("1 weight of the file belongs to no layer")
          : t("{0} weights of the file belong to no layer", surplus.length),
      hint: listed(surplus),
    });
  if (weightsNote) notes.push({ tone: weightsFromFile > 0 ? "quiet" : "caution", text: said(weightsNote).replace(/[.。]$/, "") });
  if (differing.length === 0 && ended === null) notes.push({ tone: "quiet", text: t("shapes verified on {0}", probe.engine) });
  return notes;
}

/** What became of the image that the tensor was filled with, an input each. */
function imageNotes(image: ImageReport, model: string): Note[] {
  const hint = imageSentences(image, model).join("\n");
  return image.inputs.map((input) => {
    const text = BECAUSE[input.because](`${image.name}: ${imageInputFact(input)}`, architectureOf(model));
    return { tone: "quiet", text, hint, layer: input.name };
  });
}

/** One row a reason for what is done to pixels: how a note says it. */
const BECAUSE: Record<ImageInput["because"], (held: string, architecture: string) => string> = {
  model: (held, architecture) => t("{0} as {1}’s preprocess_input gives it", held, architecture),
  asked: (held) => held,
  unknown: (held) => t("{0}, as nobody says what this model expects", held),
  unfit: (held, architecture) => t("{0}, as {1}’s preprocess_input needs three channels", held, architecture),
};

/** Whether somebody may want to say which file has the weights: where the model's own has none, or not all. */
export function mayLackWeights({ model, numbers }: Report): boolean {
  const hasNone = model.format === "zoo" || model.format === "keras-json";
  return numbers !== undefined && (hasNone || numbers.drawn.length > 0 || numbers.weightsNote !== undefined);
}

function drawnText(drawn: number, fromFile: number): string {
  if (fromFile === 0) return t("All weights are random: no file has them, so these numbers mean little");
  return drawn === 1
    ? t("1 of {0} is random: no file has them, so these numbers mean little", counted(1 + fromFile, "weight"))
    : t("{0} of {1} are random: no file has them, so these numbers mean little", drawn, counted(drawn + fromFile, "weight"));
}

function listed(names: readonly string[]): string {
  const more = names.length > MOST_NAMED ? [t("and {0} more", names.length - MOST_NAMED)] : [];
  return [...names.slice(0, MOST_NAMED), ...more].join("\n");
}
