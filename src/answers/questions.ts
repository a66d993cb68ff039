import { t } from "@vscode/l10n";
import type { Model, Question, QuestionId, Report, ZooFacts } from "../model";
import { declareTitle } from "./declare";

/** What decides whether a question makes sense. */
export interface Subject {
  model: Pick<Model, "format" | "network" | "zoo">;
  report: Report;
}

interface Row {
  /** The question in a person's words; null where there is nothing to ask. */
  title(subject: Subject): string | null;
  isUrgent?: (subject: Subject) => boolean;
}

/** Every question, in the order in which they are put. */
const ROWS: { readonly [id in QuestionId]: Row } = {
  declare: { title: ({ report }) => declareTitle(report), isUrgent: () => true },
  head: { title: ({ report }) => (hasOneOutput(report) ? t("How do I end it in my own classes?") : null) },
  sizes: { title: () => t("Which sizes and channels does it take?") },
  arguments: {
    title: (subject) => {
      const zoo = applicationOf(subject);
      return zoo && isImage(subject.report) ? t("Which arguments may {0}() be called with?", zoo.architecture) : null;
    },
  },
  imagenet: { title: (subject) => (applicationOf(subject) && isImage(subject.report) ? t('What does weights="imagenet" change?') : null) },
  colour: {
    title: ({ report }) => {
      const channels = imageChannels(report);
      if (channels === null) return null;
      return channels.given === 1 ? t("What would a colour image do differently?") : t("What would a grayscale image do differently?");
    },
  },
  top: { title: (subject) => (applicationOf(subject) ? t("May its input have another size with its top?") : null) },
  other: { title: () => t("Where does it part from another model?") },
};

/** The questions that can be put to a model after a probe, in their order. */
export function questionsFor(subject: Subject): Question[] {
  return (Object.keys(ROWS) as QuestionId[]).flatMap((id) => {
    const { title, isUrgent } = ROWS[id];
    const words = title(subject);
    return words === null ? [] : [{ id, title: words, isUrgent: isUrgent?.(subject) ?? false }];
  });
}

/** The Keras Application that the model is as its function makes it; null where it is none, or edited. */
const applicationOf = ({ model, report }: Subject): ZooFacts | null => (report.probe.edit ? null : (model.zoo ?? null));

const hasOneOutput = ({ failure, outputs }: Report): boolean => failure === null && outputs.length === 1;

/** Whether one tensor of height, width and channels goes in. */
function isImage({ model, probe }: Report): boolean {
  const [input, ...others] = model.inputs;
  return others.length === 0 && input !== undefined && probe.inputs[input.name]?.length === 4;
}

/** Channels of the one image that the model reads, where it is built for colour; null for other models. Channels come last. */
function imageChannels({ model, probe }: Report): { declared: number; given: number } | null {
  const [input, ...others] = model.inputs;
  const declared = input?.declared.at(-1);
  const given = input && probe.inputs[input.name]?.at(-1);
  if (others.length > 0 || input?.declared.length !== 4 || typeof declared !== "number" || declared < 3 || declared > 4 || !given)
    return null;
  return { declared, given };
}
