import { architectureOf, type ImageInput, type ImageReport, imageInputFact, imageSentences, type Report } from "../../src/model";
import { plural } from "../draw/text";

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
      text: `A fault of Layerscope's: ${plural(differing.length, "layer")} gave another shape on ${probe.engine} than foretold`,
      hint: listed(differing),
      layer: differing[0] as string,
      isFault: true,
    });
  if (firstNan) notes.push({ tone: "failed", text: `NaN or infinity from ${firstNan.id} on`, layer: firstNan.id });
  if (ended) notes.push({ tone: "caution", text: `Numbers end at ${ended.layer}: ${ended.why}`, layer: ended.layer });
  if (image) notes.push(...imageNotes(image, report.model.name));
  if (drawn.length > 0) notes.push({ tone: "caution", text: drawnText(drawn.length, weightsFromFile), hint: listed(drawn) });
  if (surplus.length > 0)
    notes.push({
      tone: "caution",
      text: `${plural(surplus.length, "weight")} of the file ${surplus.length === 1 ? "belongs" : "belong"} to no layer`,
      hint: listed(surplus),
    });
  if (weightsNote) notes.push({ tone: weightsFromFile > 0 ? "quiet" : "caution", text: weightsNote.replace(/\.$/, "") });
  if (differing.length === 0 && ended === null) notes.push({ tone: "quiet", text: `shapes verified on ${probe.engine}` });
  return notes;
}

/** What became of the image that the tensor was filled with, an input each. */
function imageNotes(image: ImageReport, model: string): Note[] {
  const hint = imageSentences(image, model).join("\n");
  return image.inputs.map((input) => {
    const text = `${image.name}: ${imageInputFact(input)}${BECAUSE[input.because](architectureOf(model))}`;
    return { tone: "quiet", text, hint, layer: input.name };
  });
}

/** One row a reason for what is done to pixels: how a note says it. */
const BECAUSE: Record<ImageInput["because"], (architecture: string) => string> = {
  model: (architecture) => ` as ${architecture}’s preprocess_input gives it`,
  asked: () => "",
  unknown: () => ", as nobody says what this model expects",
  unfit: (architecture) => `, as ${architecture}’s preprocess_input needs three channels`,
};

/** Whether somebody may want to say which file has the weights: where the model's own has none, or not all. */
export function mayLackWeights({ model, numbers }: Report): boolean {
  const hasNone = model.format === "zoo" || model.format === "keras-json";
  return numbers !== undefined && (hasNone || numbers.drawn.length > 0 || numbers.weightsNote !== undefined);
}

function drawnText(drawn: number, fromFile: number): string {
  const [which, are] =
    fromFile === 0 ? ["All weights", "are"] : [`${drawn} of ${plural(drawn + fromFile, "weight")}`, drawn === 1 ? "is" : "are"];
  return `${which} ${are} random: no file has them, so these numbers mean little`;
}

function listed(names: readonly string[]): string {
  const more = names.length > MOST_NAMED ? [`and ${names.length - MOST_NAMED} more`] : [];
  return [...names.slice(0, MOST_NAMED), ...more].join("\n");
}
