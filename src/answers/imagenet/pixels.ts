import { t } from "@vscode/l10n";
import type { Answer, Preprocessing, Report, Way, ZooFacts } from "../../model";
import { type CodeBase, importLine, loadingLines } from "../code/base";
import { inputCall } from "../code/python";
import { listed } from "../words";

/** Classes of the layers that prepare pixels inside a model. */
const PREPARING: ReadonlySet<string> = new Set(["Rescaling", "Normalization"]);

/** Modules of the functions whose `preprocess_input` does something. */
const MODULES: readonly [matches: RegExp, module: string][] = [
  [/^DenseNet/, "densenet"],
  [/^InceptionResNetV2$/, "inception_resnet_v2"],
  [/^InceptionV3$/, "inception_v3"],
  [/^MobileNet$/, "mobilenet"],
  [/^MobileNetV2$/, "mobilenet_v2"],
  [/^NASNet/, "nasnet"],
  [/^ResNet\d+V2$/, "resnet_v2"],
  [/^ResNet\d+$/, "resnet"],
  [/^VGG16$/, "vgg16"],
  [/^VGG19$/, "vgg19"],
  [/^Xception$/, "xception"],
];

/** What the pretrained weights expect of pixels. */
const RANGES: { readonly [preprocessing in Preprocessing]: () => string } = {
  none: () => t("0 to 255, as they come from a file."),
  unit: () => t("0 to 1."),
  tf: () => t("−1 to 1: pixels of 0 to 255 divided by 127.5, less 1."),
  torch: () => t("0 to 1, then less ImageNet’s mean and divided by its deviation, channel by channel: about −2.1 to 2.6."),
  caffe: () => t("0 to 255 with the channels in the order blue, green, red, less ImageNet’s mean of each: about −124 to 151."),
};

/** Which range the pretrained weights expect the pixels in, and who brings them there. */
export function explainPixels(base: CodeBase, zoo: ZooFacts, report: Report): Answer {
  const way = preprocessingWay(base, zoo, report);
  return {
    title: t("Which range must the pixels have?"),
    text: [RANGES[zoo.preprocessing](), whoPrepares(zoo, report)],
    ...(way ? { ways: [way] } : {}),
  };
}

function whoPrepares(zoo: ZooFacts, { layers }: Report): string {
  const own = layers.filter(({ className }) => PREPARING.has(className)).map(({ id }) => id);
  return zoo.preprocessing === "none"
    ? t("{0} prepares them by itself, at {1}; its preprocess_input does nothing.", zoo.architecture, listed(own))
    : t("No layer of {0} does that: preprocess_input of keras.applications.{1} does.", zoo.architecture, moduleOf(zoo) ?? "");
}

const moduleOf = ({ architecture }: ZooFacts): string | undefined => MODULES.find(([matches]) => matches.test(architecture))?.[1];

/** As a part of the model; null where the model does it, or does not take the probe as it is declared. */
function preprocessingWay(base: CodeBase, zoo: ZooFacts, report: Report): Way | null {
  const module = moduleOf(zoo);
  const [given] = Object.values(report.probe.inputs);
  const [output] = report.outputs;
  const loaded = loadingLines(base);
  if (!module || !given || report.failure || !output || !loaded || given.at(-1) !== 3) return null;
  return {
    title: t("Prepare the pixels in front of the model"),
    text: t("The new model takes pixels of 0 to 255."),
    code: [
      importLine(base),
      "",
      ...loaded,
      `inputs = ${inputCall(given, { dtype: "float32" })}`,
      `x = keras.applications.${module}.preprocess_input(inputs)`,
      "model = keras.Model(inputs, base(x))",
    ].join("\n"),
    gives: { output: output.shape, parameters: report.model.parameters },
  };
}
