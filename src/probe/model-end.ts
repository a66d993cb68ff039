import { elementCount, type OwnClasses, type Report, type TensorRef } from "../model";
import type { PreparedModel, PreparedNetwork, Step } from "./prepared";

/** What makes classes of numbers, as layer, as operation, and as a layer's activation. */
const OF_CLASSES: ReadonlySet<string> = new Set(["softmax", "sigmoid"]);
/** What multiplies features with a matrix; a convolution does so where there is one position only, as in MobileNetV3. */
const CLASSIFIERS: ReadonlySet<string> = new Set(["Dense", "MatMul", "_FusedMatMul", "Conv2D", "_FusedConv2D"]);

/** Those that may make numbers of their own kind without softmax or sigmoid: logits, or a prediction. */
const LINEAR: ReadonlySet<string> = new Set(["Dense", "MatMul"]);
/** What may stand behind the classifier: what changes no number, its bias, and what makes classes of them. */
const HANDS_ON: ReadonlySet<string> = new Set(
  "Activation Softmax Sigmoid Reshape Flatten Dropout Squeeze Cast Identity BiasAdd".split(" "),
);

interface End {
  classes: OwnClasses;
  /** The tensor that the classifier reads. */
  reads: TensorRef;
}

/**
 * Where a model ends in classes: a dense layer (or product) on one position, with softmax, sigmoid or no activation, and nothing behind it
 * that computes. Null where it does not, or inside a nested model only.
 */
export function ownClasses(prepared: PreparedModel, report: Report): End | null {
  const { network } = prepared;
  let activation: string | null = null;
  let step = network.steps[network.outputs[0]?.step ?? -1];
  while (step && HANDS_ON.has(step.layer.layer.className) && step.sources.length === 1) {
    activation ??= activationOf(step);
    step = network.steps[step.sources[0]?.step ?? -1];
  }
  const [source] = step?.sources ?? [];
  if (!step || !source || !CLASSIFIERS.has(step.layer.layer.className)) return null;
  activation ??= activationOf(step);
  const row = report.layers.find(({ id }) => id === step.layer.layer.id);
  const features = row?.inputs[0]?.shape;
  const classes = row?.output?.[0]?.at(-1);
  if (!features || elementCount(features.slice(1)) !== Math.max(...features.slice(1)) || classes === undefined) return null;
  if (activation === null && !isLinear(step)) return null;
  const { id, className } = step.layer.layer;
  return { classes: { layer: id, className, activation, classes, features }, reads: source.ref };
}

function isLinear({ layer: { layer } }: Step): boolean {
  const { activation = null } = layer.config;
  return LINEAR.has(layer.className) && (activation === null || activation === "linear");
}

/** Softmax or sigmoid where a layer or an operation is one, or has one. */
function activationOf({ layer: { layer } }: Step): string | null {
  const named = [layer.className, layer.config["activation"]].map((name) => (typeof name === "string" ? name.toLowerCase() : ""));
  return named.find((name) => OF_CLASSES.has(name)) ?? null;
}

/** Whether channels stand before positions at the end of a model: as the last layer to run says that says anything of it. */
export function channelsComeFirst({ network }: PreparedModel): boolean {
  return lastFormat(network) === "first";
}

const FORMATS: { readonly [format: string]: "first" | "last" } = {
  channels_first: "first",
  NCHW: "first",
  NCDHW: "first",
  NCW: "first",
  channels_last: "last",
  NHWC: "last",
  NDHWC: "last",
  NWC: "last",
};

function lastFormat({ steps }: PreparedNetwork): "first" | "last" | null {
  for (const { layer } of steps.toReversed()) {
    const format = layer.nested ? lastFormat(layer.nested) : formatOf(layer.layer);
    if (format) return format;
  }
  return null;
}

function formatOf({ config, operation }: Step["layer"]["layer"]): "first" | "last" | null {
  const attribute = operation?.attributes["data_format"] as { s?: string } | undefined;
  const written = config["data_format"] ?? attribute?.s;
  if (typeof written !== "string") return null;
  return FORMATS[written] ?? FORMATS[Buffer.from(written, "base64").toString()] ?? null;
}
