import type { AppendedLayer, MadeEdit, Report, SettledEdit, Shape } from "../../model";
import { type CodeBase, importLine, outputOf, ownLines } from "./own";
import { inputCall, layerCall, pythonLiteral } from "./python";

/** What is made of a model, and for which tensors. */
export interface EditSubject extends SettledEdit {
  /** As the model declares them before the edit. */
  inputs: Report["model"]["inputs"];
  probe: Pick<Report["probe"], "inputs" | "mode">;
  /** Shape of the features that what stands behind them reads, batch first; null where nothing does. */
  reads: readonly number[] | null;
}

/**
 * Keras code that makes the edited model from nothing but the model itself, and calls it `model`. Of what Keras cannot load or cut, the
 * appended layers alone, on the features that come out; null where nobody reads those.
 */
export function editCode(base: CodeBase, subject: EditSubject): string | null {
  const loaded = linesBefore(base, subject);
  const body = loaded ? behindBase(base, subject, "model") : onFeatures(subject);
  return body && [importLine(base), "", ...(loaded ?? []), ...body].join("\n");
}

/** Lines that make the edited model as `base`, its input declared as the edit has it; null where Keras cannot. */
export function editedLines(base: CodeBase, { end, appended, before, declared }: MadeEdit): string[] | null {
  const subject: EditSubject = { end, appended, inputs: before, probe: { inputs: declared, mode: "feed" }, reads: null };
  const loaded = linesBefore(base, subject);
  return loaded && [...loaded, ...behindBase(base, subject, "base")];
}

/** Whether the code begins with the model itself, not behind it. */
export const beginsWithModel = (base: CodeBase, subject: EditSubject): boolean => linesBefore(base, subject) !== null;

/** A signature is called with one tensor only, and what lies inside it only a model of layers tells. */
function linesBefore(base: CodeBase, subject: EditSubject): string[] | null {
  const isSavedModel = base.format === "saved-model";
  if (subject.end?.at === null || (isSavedModel && (subject.inputs.length > 1 || subject.end))) return null;
  const loaded = ownLines(base);
  return loaded && [...loaded, ...(subject.probe.mode === "rebuild" && !isSavedModel ? declaredAnew(subject) : [])];
}

/** Keras's own way to declare inputs anew; weights that fit are taken over. */
function declaredAnew(subject: EditSubject): string[] {
  return [
    "pretrained = base",
    `base = keras.models.clone_model(pretrained, input_tensors=${inputCalls(subject)})`,
    "for layer, known in zip(base.layers, pretrained.layers):",
    "    if [w.shape for w in layer.weights] == [w.shape for w in known.weights]:",
    "        layer.set_weights(known.get_weights())",
  ];
}

/** `name`: what the whole is called. */
function behindBase(base: CodeBase, subject: EditSubject, name: "model" | "base"): string[] {
  const { end, appended } = subject;
  const isSavedModel = base.format === "saved-model";
  if (!end && appended.length === 0 && !isSavedModel) return name === "base" ? [] : [`${name} = base`];
  if (end && !isOpen(subject)) return [`x = ${tensorAt(end)}`, ...chain(appended), `${name} = keras.Model(base.inputs, x)`];
  const features = end ? [`features = keras.Model(base.inputs, ${tensorAt(end)})`] : [];
  return [
    ...features,
    `inputs = ${inputCalls(subject)}`,
    `x = ${end ? "features" : "base"}(inputs)${outputOf(base)}`,
    ...chain(appended),
    `${name} = keras.Model(inputs, x)`,
  ];
}

const tensorAt = ({ layer, at }: NonNullable<SettledEdit["end"]>): string => `base.get_layer(${pythonLiteral(layer)}).${at}`;

/** Whether the model leaves sizes open that appended layers may depend on; what a classifier reads has none. */
function isOpen({ inputs, probe, appended, end }: EditSubject): boolean {
  if (appended.length === 0 || probe.mode === "rebuild" || end?.isTop) return false;
  return inputs.some(({ declared }) => declared.slice(1).includes(null));
}

const chain = (layers: readonly AppendedLayer[]): string[] => layers.map((layer) => `x = keras.layers.${layerCall(layer)}(x)`);

/** What is declared, with open sizes as the probe has them; where inputs are declared anew, what the probe has. */
function inputCalls({ inputs, probe }: EditSubject): string {
  const calls = inputs.map(({ name, declared, dtype }) => {
    const probed = probe.inputs[name] ?? [];
    const isKept = declared.length === probed.length && probe.mode === "feed";
    const shape: Shape = probed.map((size, axis) => (isKept ? (declared[axis] ?? size) : size));
    return inputCall(shape, inputs.length > 1 ? { name, dtype } : { dtype });
  });
  return calls.length === 1 ? (calls[0] as string) : `[${calls.join(", ")}]`;
}

function onFeatures({ appended, reads, end }: EditSubject): string[] | null {
  if (!reads) return null;
  const what = end && end.at === "output" ? `What ${JSON.stringify(end.layer)} gives` : "What the model gives";
  return [
    `# ${what} for each sample; train this on its outputs.`,
    `inputs = ${inputCall([...reads], { dtype: "float32" })}`,
    "x = inputs",
    ...chain(appended),
    "model = keras.Model(inputs, x)",
  ];
}
