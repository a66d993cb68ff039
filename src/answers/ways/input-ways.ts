import { t } from "@vscode/l10n";
import { formatShape, type Report, type Way } from "../../model";
import { loadingLines } from "../code/base";
import { readsInputAlone } from "../report/repeats";
import { counted, paragraph } from "../words";
import { inFrontCode, pipelineCode } from "./code";
import { type Step, type StepName, stepsTo } from "./steps";
import { type OnlyInput, onlyInput, type Subject } from "./subject";

/** What may be done to a tensor so that the model takes it, or takes it on purpose: none where it is as the model declares it. */
export function inputWays({ report, base }: Subject): Way[] {
  const input = onlyInput(report);
  if (!input || report.probe.mode === "rebuild") return [];
  return stepsTo(input).flatMap((steps) => waysOf(steps, input, { report, base }));
}

/** In the input pipeline, and as a part of the model. */
export function waysOf(steps: readonly Step[], input: OnlyInput, { report, base }: Subject): Way[] {
  const [first] = steps;
  if (!first) return [];
  const shape = steps.at(-1)?.shape as number[];
  const words = WORDS[first.name](first, input);
  const shown = { probe: { ...report.probe, inputs: { [input.name]: shape } } };
  // Of what Keras cannot load, the code makes what it is to be fed with.
  const alone = loadingLines(base) ? {} : { gives: { output: shape } };
  const ways: Way[] = [];
  if (steps.every(({ operation }) => operation !== null))
    ways.push({ title: words.before, text: textOf(words.text, steps), code: pipelineCode(base, input, steps), ...shown, ...alone });
  const code = words.inFront && inFrontCode(base, input, steps);
  const text = ways.length === 0 ? { text: textOf(words.text, steps) } : {};
  return ways.concat(code && words.inFront ? [{ title: words.inFront, ...text, code, ...shown, ...sameAsBefore(steps, report) }] : []);
}

/** Where the model stretches the very input, repeating it first changes no number. */
function sameAsBefore(steps: readonly Step[], report: Report): Pick<Way, "gives"> {
  const [output] = report.outputs;
  const stretch = report.broadcasts.find(({ kind }) => kind === "expands-activation");
  const isRepeated = steps.every(({ name }) => name === "repeat") && stretch && readsInputAlone(report, stretch.layer);
  return output && !report.failure && isRepeated ? { gives: { output: output.shape, asBase: "same" } } : {};
}

/** What happens besides the first step is said behind it. */
function textOf(text: string, steps: readonly Step[]): string {
  return paragraph([text, ...steps.slice(1).map((step) => LATER[step.name]?.(step) ?? "")]);
}

/** Of steps that may follow others. */
const LATER: { readonly [name in StepName]?: (step: Step) => string } = {
  resize: ({ shape }) => t("Then it is resized to {0}.", formatShape(shape.slice(1, -1))),
  repeat: ({ shape }) => t("Then the channel is repeated, {0} times in all.", shape.at(-1) as number),
};

interface Words {
  /** Title where it is done before the model. */
  before: string;
  /** Title where it is a part of the model; null where it cannot be. */
  inFront: string | null;
  /** What it does and what it costs. */
  text: string;
}

const WORDS: { readonly [name in StepName]: (step: Step, input: OnlyInput) => Words } = {
  repeat: ({ shape }) => ({
    before: t("Repeat the channel in the input pipeline"),
    inFront: t("Repeat the channel in front of the model"),
    text: t("Each of the {0} channels is the same; no weight is lost and none is added.", shape.at(-1) as number),
  }),
  learn: ({ shape, parameters }, { given }) => ({
    before: "",
    inFront:
      shape.at(-1) === 1
        ? t("Learn the one channel in front of the model")
        : t("Learn the {0} channels in front of the model", shape.at(-1) as number),
    text: t(
      "A convolution of single positions makes {1} of {0} by weights. Its {2} parameters start at random and have to be trained.",
      counted(given.at(-1) as number, "channel"),
      counted(shape.at(-1) as number, "channel"),
      parameters,
    ),
  }),
  "to-gray": () => ({
    before: t("Make it gray in the input pipeline"),
    inFront: null,
    text: t("The model was made for one channel: the colours are weighed as the eye does."),
  }),
  "add-channel": ({ shape }, { declared }) => ({
    before: t("Add the axis of channels in the input pipeline"),
    inFront: t("Add the axis of channels in front of the model"),
    text:
      declared.at(-1) === 1
        ? t("The model wants {0}: an axis of 1 says that the image is gray.", formatShape(shape.slice(1)))
        : t("An axis of 1 says that the image is gray, and the model wants {0} channels.", declared.at(-1) as number),
  }),
  "keep-first": ({ shape }, { given }) => ({
    before:
      shape.at(-1) === 1
        ? t("Keep the first channel in the input pipeline")
        : t("Keep the first {0} channels in the input pipeline", shape.at(-1) as number),
    inFront:
      shape.at(-1) === 1
        ? t("Keep the first channel in front of the model")
        : t("Keep the first {0} channels in front of the model", shape.at(-1) as number),
    text:
      shape.at(-1) === 3 && given.at(-1) === 4
        ? t("Of RGBA that drops the opacity and leaves the colours as they are.")
        : t("What the other channels hold is lost."),
  }),
  resize: ({ shape }) => ({
    before: t("Resize to {0} in the input pipeline", formatShape(shape.slice(1, -1))),
    inFront: t("Resize to {0} in front of the model", formatShape(shape.slice(1, -1))),
    text: t("No weight is lost. The proportions change where the sides do not change alike."),
  }),
  "add-batch": () => ({
    before: t("Add the batch axis"),
    inFront: null,
    text: t("Keras takes batches: a single sample is a batch of one."),
  }),
  "channels-last": () => ({
    before: t("Move the channels to the end in the input pipeline"),
    inFront: t("Move the channels to the end in front of the model"),
    text: t("The tensor has its channels in front, as PyTorch has them; the model wants them last."),
  }),
  "swap-sides": ({ shape }) => ({
    before: t("Swap height and width in the input pipeline"),
    inFront: t("Swap height and width in front of the model"),
    text: t(
      "The model wants {0} as height and width. Do this only where the two were mixed up; else resize.",
      formatShape(shape.slice(1, 3)),
    ),
  }),
};
