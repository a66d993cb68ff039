import { t } from "@vscode/l10n";
import { type Answer, type AnswerTable, constructorRefusal, formatShape, type Report, weightFileFor, type ZooFacts } from "../../model";
import type { CodeBase } from "../code/base";
import { listed } from "../words";
import { explainPixels } from "./pixels";

/** An application with pretrained weights and without, the same probe sent through both. */
export interface PretrainedAndNot {
  /** The model that was asked about, and what is known of it. */
  base: CodeBase;
  zoo: ZooFacts;
  /** What is known of the pretrained one. */
  pretrainedZoo: ZooFacts;
  pretrained: Report;
  untrained: Report;
}

/** What `weights="imagenet"` changes in an application: layers, numbers, what the function allows; and what pixels it expects. */
export function explainImagenet(both: PretrainedAndNot): Answer[] {
  return [changes(both), explainPixels(both.base, both.zoo, both.zoo.weights === null ? both.untrained : both.pretrained)];
}

function changes(both: PretrainedAndNot): Answer {
  const added = onlyIn(both.pretrained, both.untrained);
  return {
    title: t('What does weights="imagenet" change?'),
    text: [
      layersWords(both, added),
      t("The numbers in the weights are those trained on ImageNet; without, Keras draws them at random."),
      ...fileWords(both),
    ],
    table: table(both),
    ...(added.length > 0 ? { layers: added.map(({ id }) => id) } : {}),
  };
}

/** Layers of a model that the other does not have. */
function onlyIn(a: Report, b: Report): Report["layers"] {
  const others = new Set(b.layers.map(({ id }) => id));
  return a.layers.filter(({ id }) => !others.has(id));
}

function layersWords({ pretrained }: PretrainedAndNot, added: Report["layers"]): string {
  if (added.length === 0) return t("It changes no layer.");
  const before = added[0]?.inputs[0]?.layer ?? pretrained.layers[0]?.id ?? "";
  const named = listed(added.map(({ id, className }) => `${id} (${className})`));
  return t("It adds a layer, {0}, behind {1}.", named, before);
}

/** Families that have weights for several squares load another file where one of them is named. */
function fileWords({ pretrainedZoo, pretrained }: PretrainedAndNot): string[] {
  const [given = []] = Object.values(pretrained.probe.inputs);
  const file = weightFileFor(pretrainedZoo, given.slice(1, 3));
  return file === null || file === pretrainedZoo.weightFile
    ? []
    : [t("Called with input_shape=({0}), it loads {1}: there are weights of its own for that size.", given.slice(1).join(", "), file)];
}

function table({ pretrainedZoo: zoo, pretrained, untrained }: PretrainedAndNot): AnswerTable {
  const rows: [string, string, string][] = [
    [t("Layers"), counted(pretrained.model.layers), counted(untrained.model.layers)],
    [t("Parameters"), counted(pretrained.model.parameters), counted(untrained.model.parameters)],
    [t("File of weights"), zoo.weightFile ?? "", t("none")],
    [t("Classes of its top"), counted(IMAGENET_CLASSES), t("as many as you name")],
    [t("Sizes with its top"), sizesWithTop(zoo, "imagenet"), sizesWithTop(zoo, null)],
  ];
  return { head: [t("What"), 'weights="imagenet"', "weights=None"], numbers: [], rows: rows.map((cells) => ({ cells })) };
}

const IMAGENET_CLASSES = 1000;

const counted = (count: number): string => count.toLocaleString("en-US");

/** What the function allows as `input_shape`; a large shape that is nobody's default tells the rule. */
function sizesWithTop(zoo: ZooFacts, weights: ZooFacts["weights"]): string {
  const refusal = constructorRefusal(zoo, { includeTop: true, weights, inputShape: [LARGE, LARGE, 3] });
  if (refusal) return refusal.wanted;
  return zoo.documentedMinimum ? t("from {0} on", formatShape(zoo.documentedMinimum)) : t("any");
}

const LARGE = 4096;
