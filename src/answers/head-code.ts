import type { HeadOption, HeadRun, Model, ModelFormat, Shape } from "../model";
import { inputCall, layerCall, pythonLiteral } from "./python";

/** A model as Python would get hold of it. `file`: name of its file or folder, null for a Keras Application. */
export interface CodeBase extends Pick<Model, "format" | "kerasMajor" | "zoo" | "signatures"> {
  file: string | null;
}

/** Python up to the name `base`; null where Keras cannot load what it is. */
type Loader = (base: CodeBase, file: string) => string[] | null;

const load: Loader = (_, file) => [`base = keras.models.load_model(${pythonLiteral(file)})`];

const LOADERS: { readonly [format in ModelFormat]: Loader } = {
  zoo: ({ zoo }) => (zoo ? [`base = keras.applications.${zoo.architecture}(${zooArguments(zoo)})`] : null),
  "keras-h5": load,
  "keras-zip": load,
  "keras-json": (_, file) => [`with open(${pythonLiteral(file)}) as config:`, "    base = keras.models.model_from_json(config.read())"],
  "saved-model": ({ signatures, kerasMajor }, file) =>
    signatures && kerasMajor === 3
      ? [`base = keras.layers.TFSMLayer(${pythonLiteral(file)}, call_endpoint=${pythonLiteral(signatures.shown)})`]
      : null,
  "frozen-graph": () => null,
  "tfjs-graph": () => null,
  "tfjs-layers": () => null,
};

function zooArguments({ includeTop, weights, pooling }: NonNullable<CodeBase["zoo"]>): string {
  const options = { include_top: includeTop, weights, ...(pooling ? { pooling } : {}) };
  return Object.entries(options)
    .map(([name, value]) => `${name}=${pythonLiteral(value)}`)
    .join(", ");
}

const IMPORTS: { readonly [generation in "2.9" | "2" | "3"]: string } = {
  "2.9": "from tensorflow import keras",
  "2": "import tf_keras as keras",
  "3": "import keras",
};

/**
 * Keras code that makes the model with this head from nothing but the model itself, and calls it `model`. Of what Keras cannot load,
 * the head alone, on the features that come out.
 */
export function headCode(base: CodeBase, run: HeadRun, option: HeadOption): string {
  const generation = base.zoo?.generation ?? (base.kerasMajor === 2 ? "2" : "3");
  const loaded = loadingLines(base, run);
  const body = loaded ? behindBase(base, run, option) : onFeatures(option);
  return [IMPORTS[generation], "", ...(loaded ?? []), ...body].join("\n");
}

/** A signature is called with one tensor only; what a model reads before its own classifier only a model of layers tells. */
function loadingLines(base: CodeBase, { report, ownClasses }: HeadRun): string[] | null {
  const isSavedModel = base.format === "saved-model";
  if (isSavedModel && (report.model.inputs.length > 1 || ownClasses)) return null;
  return LOADERS[base.format](base, base.file ?? "");
}

function behindBase(base: CodeBase, run: HeadRun, option: HeadOption): string[] {
  const isSavedModel = base.format === "saved-model";
  if (option.layers.length === 0 && !isSavedModel) return ["model = base"];
  const { ownClasses } = run;
  if (ownClasses) {
    const reads = `base.get_layer(${pythonLiteral(ownClasses.layer)}).input`;
    return [`x = ${reads}`, ...chain(option), "model = keras.Model(base.inputs, x)"];
  }
  const output = isSavedModel ? `[${pythonLiteral(outputName(base))}]` : "";
  return [`inputs = ${inputsOf(run)}`, `x = base(inputs)${output}`, ...chain(option), "model = keras.Model(inputs, x)"];
}

const chain = ({ layers }: HeadOption): string[] => layers.map((layer) => `x = keras.layers.${layerCall(layer)}(x)`);

function outputName({ signatures }: CodeBase): string {
  return signatures?.all.find(({ name }) => name === signatures.shown)?.outputs[0] ?? "";
}

/** What is declared, with open sizes as the probe has them. */
function inputsOf({ report }: HeadRun): string {
  const { inputs } = report.model;
  const calls = inputs.map(({ name, declared, dtype }) => {
    const probed = report.probe.inputs[name] ?? [];
    const shape: Shape = probed.map((size, axis) => (declared.length === probed.length ? (declared[axis] ?? size) : size));
    return inputCall(shape, inputs.length > 1 ? { name, dtype } : { dtype });
  });
  return calls.length === 1 ? (calls[0] as string) : `[${calls.join(", ")}]`;
}

function onFeatures(option: HeadOption): string[] {
  const features = inputCall(option.reads, { dtype: "float32" });
  const what = "# What the model gives for each sample; train this on its outputs.";
  return [what, `inputs = ${features}`, "x = inputs", ...chain(option), "model = keras.Model(inputs, x)"];
}
