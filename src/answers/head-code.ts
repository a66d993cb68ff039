import type { HeadOption, HeadRun, Shape } from "../model";
import { type CodeBase, importLine, loadingLines, outputOf } from "./base-code";
import { inputCall, layerCall, pythonLiteral } from "./python";

/**
 * Keras code that makes the model with this head from nothing but the model itself, and calls it `model`. Of what Keras cannot load,
 * the head alone, on the features that come out.
 */
export function headCode(base: CodeBase, run: HeadRun, option: HeadOption): string {
  const loaded = linesBefore(base, run);
  const body = loaded ? behindBase(base, run, option) : onFeatures(option);
  return [importLine(base), "", ...(loaded ?? []), ...body].join("\n");
}

/** A signature is called with one tensor only; what a model reads before its own classifier only a model of layers tells. */
function linesBefore(base: CodeBase, { report, ownClasses }: HeadRun): string[] | null {
  const isSavedModel = base.format === "saved-model";
  if (isSavedModel && (report.model.inputs.length > 1 || ownClasses)) return null;
  return loadingLines(base);
}

function behindBase(base: CodeBase, run: HeadRun, option: HeadOption): string[] {
  const isSavedModel = base.format === "saved-model";
  if (option.layers.length === 0 && !isSavedModel) return ["model = base"];
  const { ownClasses } = run;
  if (ownClasses) {
    const reads = `base.get_layer(${pythonLiteral(ownClasses.layer)}).input`;
    return [`x = ${reads}`, ...chain(option), "model = keras.Model(base.inputs, x)"];
  }
  return [`inputs = ${inputsOf(run)}`, `x = base(inputs)${outputOf(base)}`, ...chain(option), "model = keras.Model(inputs, x)"];
}

const chain = ({ layers }: HeadOption): string[] => layers.map((layer) => `x = keras.layers.${layerCall(layer)}(x)`);

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
