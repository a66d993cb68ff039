import { t } from "@vscode/l10n";
import {
  type Answer,
  type AskedProbe,
  formatShape,
  type HeadName,
  type HeadOption,
  type HeadRun,
  layerTitles,
  type Report,
  type Way,
} from "../model";
import type { CodeBase } from "./code/base";
import { headCode } from "./code/head";
import { layerCall } from "./code/python";
import { explainPooling, findPoolings } from "./report/pooled";
import { counted, paragraph, withoutBatch } from "./words";

/** The ways to end a model, as programs get them. Shapes are batch first. */
export interface HeadDocument {
  /** What the model gives; null where the probe did not come through. */
  output: number[] | null;
  /** How many classes the options end in. */
  classes: number;
  options: { name: HeadName; output: number[]; parameters: number; fixes_size: boolean; code: string; features: number[] }[];
  /** Layers that pool before the output. */
  pooled_at: string[];
  /** Where the model ends in classes already; the options then stand in that layer's place. */
  own_classes: { layer: string; classes: number; activation: string | null } | null;
  failure: Report["failure"];
}

/** A head as a line of a table: texts only. */
export interface HeadRow {
  name: string;
  /** The layers as Keras is called: `GlobalAveragePooling2D()`, `Dense(9, activation="softmax")`. */
  layers: string;
  features: string;
  output: string;
  parameters: number;
  size: string;
}

/** The ways to end a model in words, numbers and code that runs. */
export function headDocument(run: HeadRun, base: CodeBase): HeadDocument {
  const { report, ownClasses, classes } = run;
  return {
    output: report.failure ? null : (report.outputs[0]?.shape ?? null),
    classes,
    options: run.options.map((option) => ({
      name: option.name,
      output: option.output,
      parameters: option.parameters,
      fixes_size: option.fixesSize,
      code: headCode(base, run, option),
      features: option.features,
    })),
    pooled_at: report.failure ? [] : findPoolings(report).map(({ layer }) => layer),
    own_classes: ownClasses && { layer: ownClasses.layer, classes: ownClasses.classes, activation: ownClasses.activation },
    failure: report.failure,
  };
}

/** The options as lines of a table, in their order. */
export function headRows({ options }: HeadRun): HeadRow[] {
  return options.map((option) => ({
    name: nameOf(option),
    layers: option.layers.map(layerCall).join(", "),
    features: withoutBatch(option.features),
    output: withoutBatch(option.output),
    parameters: option.parameters,
    size: option.fixesSize ? t("one") : t("any"),
  }));
}

/** The options side by side, each with its Keras code and the probe that shows it. */
export function answerHeads(run: HeadRun, base: CodeBase): Answer[] {
  const [first, ...others] = explainHeads(run);
  if (!first) return [];
  const { probe } = run.report;
  const edits = run.options.map(({ layers }): AskedProbe | null =>
    layers.length === 0
      ? null
      : { ...probe, edit: { ...probe.edit, ...(run.ownClasses ? { removeTop: true } : {}), append: layers.map(layerCall).join("|") } },
  );
  const rows = headRows(run).map((row, index) => ({
    cells: [row.name, row.features, row.output, row.parameters.toLocaleString("en-US"), row.size],
    ...(edits[index] ? { probe: edits[index] } : {}),
  }));
  const table = { head: [t("Head"), t("Features"), t("Output"), t("Parameters"), t("Sizes")], numbers: [1, 2, 3], rows };
  const ways = run.options
    .filter(({ layers }) => layers.length > 0)
    .map((option): Way => {
      const shown = edits[run.options.indexOf(option)];
      return {
        title: nameOf(option),
        code: headCode(base, run, option),
        gives: { output: option.output },
        ...(shown ? { probe: shown } : {}),
      };
    });
  return [{ ...first, table, ways }, ...others];
}

/** At one position it is a Dense like any other. */
const nameOf = ({ name, reads }: HeadOption): string => (name === "dense on positions" && reads.length === 2 ? t("dense") : NAMES[name]());

const NAMES: Record<HeadName, () => string> = {
  "average pooling": () => t("average pooling"),
  "max pooling": () => t("max pooling"),
  flatten: () => t("flatten"),
  "dense on positions": () => t("dense on positions"),
  none: () => t("none"),
};

/** What to know before one of them is taken. Empty where the probe did not come through. */
export function explainHeads(run: HeadRun): Answer[] {
  if (run.report.failure) return [];
  return [shapeAnswer(run), ...(run.ownClasses ? [] : explainPooling(run.report)), ...tyingAnswer(run), ...positionsAnswer(run)];
}

const classesWords = (count: number): string => (count === 1 ? t("1 class") : t("{0} classes", count.toLocaleString("en-US")));

function shapeAnswer({ report, options, ownClasses, classes }: HeadRun): Answer {
  const title = t("What comes out, and what does it need?");
  if (ownClasses) {
    const { className, activation, features } = ownClasses;
    const layer = layerTitles(report)(ownClasses.layer);
    return {
      title,
      text: [
        activation
          ? t("It ends in {0} already, at {1} ({2}, {3}).", classesWords(ownClasses.classes), layer, className, activation)
          : t(
              "It ends in {0} of a {1} without activation already, at {2}: logits, or a prediction.",
              counted(ownClasses.classes, "number"),
              className,
              layer,
            ),
        t(
          "For {0} of your own that layer goes: what it reads, {1}, gets another head. The options stand in its place.",
          classesWords(classes),
          withoutBatch(features),
        ),
      ],
    };
  }
  const output = options.at(-1)?.output ?? [];
  if (output.length < 2)
    return { title, text: [t("A tensor of shape {0} has no axis that a Dense could work along.", formatShape(output))] };
  if (output.length === 2)
    return {
      title,
      text: [t("One vector of {0} numbers for each sample: a Dense can follow at once, with nothing in between.", output[1] as number)],
    };
  return {
    title,
    text: [
      t("{0} for each sample: features at {1}, not one vector.", withoutBatch(output), counted(positionsOf(options), "position")),
      t(
        "A classifier of the whole sample needs one vector: each feature's mean or maximum over the positions (pooling), or all numbers in a row (flatten).",
      ),
    ],
  };
}

/** How many positions a tensor has: all its numbers by those at one of them. */
function positionsOf(options: readonly HeadOption[]): number {
  const [flat, dense] = ["flatten", "dense on positions"].map((name) => options.find((option) => option.name === name)?.features.at(-1));
  return flat && dense ? flat / dense : 1;
}

function tyingAnswer({ options, report }: HeadRun): Answer[] {
  const tying = options.filter(({ fixesSize }) => fixesSize);
  const [flat] = tying;
  const pooled = options.find(({ name }) => name === "average pooling");
  if (!flat || !pooled) return [];
  const size = Object.values(report.probe.inputs).map(withoutBatch).join(", ");
  const read = [withoutBatch(flat.features), flat.parameters.toLocaleString("en-US")] as const;
  const times = Math.round(flat.parameters / pooled.parameters);
  return [
    {
      title: t("What does flatten cost?"),
      text: [
        paragraph([
          times > 1
            ? t("Its Dense reads {0} numbers and has {1} parameters, about {2} times those behind pooling.", ...read, times)
            : t("Its Dense reads {0} numbers and has {1} parameters.", ...read),
          t("They fit inputs of {0} only; pooling takes any size that the model takes.", size),
        ]),
      ],
    },
  ];
}

function positionsAnswer({ options }: HeadRun): Answer[] {
  const dense = options.find(({ name, reads }) => name === "dense on positions" && reads.length > 2);
  if (!dense) return [];
  return [
    {
      title: t("What does a Dense on it do without pooling?"),
      text: [
        t(
          "It is no mistake that Keras reports: the same Dense runs at every position, so the result is {0}, one answer for each position and none for the sample. That is what segmentation wants.",
          withoutBatch(dense.output),
        ),
      ],
    },
  ];
}
