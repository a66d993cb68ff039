import type { JsonObject, Report } from "../../model";
import { type CodeBase, importLine, loadingLines } from "../code/base";
import { inputCall, layerCall, pythonLiteral } from "../code/python";

/** What a clone of a model is made of, beside its new input. */
interface Clone {
  base: CodeBase;
  /** Of the rebuilt model: its inputs are declared as its probe has them. */
  rebuilt: Report;
  /** A layer that another one stands for, of the same name. */
  instead?: { layer: string; className: string; config: JsonObject };
  /** Layers whose weights are left as they were drawn. */
  without?: readonly string[];
  /** Lines that change the `weights`, a list as `get_weights` gives it, of the one layer whose first weight has another shape. */
  change?: { layer: string; lines: string[]; imports?: string[] };
}

/** Keras code that declares a model's input anew and copies its weights; null where Keras cannot load the model, or not as one of layers. */
export function cloneCode({ base, rebuilt, instead, without = [], change }: Clone): string | null {
  const loaded = base.format === "saved-model" ? null : loadingLines(base);
  if (!loaded) return null;
  const inputs = rebuilt.model.inputs.map(({ name, dtype }) => inputCall(rebuilt.probe.inputs[name] ?? [], { dtype }));
  return [
    ...(change?.imports ?? []),
    importLine(base),
    "",
    ...loaded,
    `inputs = ${inputs.length === 1 ? inputs[0] : `[${inputs.join(", ")}]`}`,
    ...(instead ? swapLines(instead) : ["model = keras.models.clone_model(base, input_tensors=inputs)"]),
    ...copyLines(without, change),
  ].join("\n");
}

function swapLines({ layer, className, config }: NonNullable<Clone["instead"]>): string[] {
  return [
    "",
    "def copy(layer):",
    `    if layer.name == ${pythonLiteral(layer)}:`,
    `        return keras.layers.${layerCall({ className, config: { ...config, name: layer } })}`,
    "    return layer.__class__.from_config(layer.get_config())",
    "",
    "model = keras.models.clone_model(base, input_tensors=inputs, clone_function=copy)",
  ];
}

function copyLines(without: readonly string[], change: Clone["change"]): string[] {
  if (without.length === 0 && !change) return ["model.set_weights(base.get_weights())"];
  const left = without.map((layer) => ` and layer.name != ${pythonLiteral(layer)}`).join("");
  const changed = change
    ? [`        if weights[0].shape != layer.weights[0].shape:  # ${change.layer}`, ...change.lines.map((line) => `            ${line}`)]
    : [];
  return [
    "for layer in model.layers:",
    `    if layer.weights${left}:`,
    "        weights = base.get_layer(layer.name).get_weights()",
    ...changed,
    "        layer.set_weights(weights)",
  ];
}
