import { type CodeBase, importLine, loadingLines, outputOf } from "../code/base";
import { inputCall, pythonLiteral } from "../code/python";
import type { Step } from "./steps";
import type { OnlyInput } from "./subject";

/**
 * Python that does something to a batch before the model gets it, whose output is `outputs`. Of a model that Keras cannot load, up to what it
 * is to be fed with.
 */
export function pipelineCode(base: CodeBase, { given, dtype }: OnlyInput, steps: readonly Step[]): string {
  const loaded = loadingLines(base);
  return [
    "import tensorflow as tf",
    ...(loaded ? [importLine(base), "", ...loaded] : []),
    "",
    `x = tf.zeros(${pythonLiteral(given)}${dtype === "float32" ? "" : `, ${pythonLiteral(dtype)}`})  # yours`,
    ...steps.map(({ operation }) => `x = ${operation}`),
    ...(loaded ? [`outputs = base(x)${outputOf(base)}`] : []),
  ].join("\n");
}

/** Keras code that makes a model that does it first, called `model`; null where Keras cannot load what comes after. */
export function inFrontCode(base: CodeBase, { given, dtype }: OnlyInput, steps: readonly Step[]): string | null {
  const loaded = loadingLines(base);
  const layers = steps.flatMap(({ layer }) => (layer === null ? [] : [layer]));
  if (!loaded || layers.length < steps.length) return null;
  return [
    importLine(base),
    "",
    ...loaded,
    `inputs = ${inputCall(given, { dtype })}`,
    ...layers.map((layer, index) => `x = ${index === 0 ? layer.replace(/\bx\b/g, "inputs") : layer}`),
    `model = keras.Model(inputs, base(x)${outputOf(base)})`,
  ].join("\n");
}
