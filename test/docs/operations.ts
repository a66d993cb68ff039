import { UNKNOWABLE_OPERATIONS } from "../../src/layers/operations";
import { layerCases } from "../layers/load";

/** The part of docs/layers.md on operations: `operations` are the public functions of `keras.ops`. */
export function operationsSection(operations: readonly string[]): string[] {
  const isUnknown = (name: string) => Object.hasOwn(UNKNOWABLE_OPERATIONS, name.split(".").at(-1) as string);
  const known = operations.filter((name) => !isUnknown(name));
  const functions = tensorflowFunctions();
  return [
    "## Operations",
    `Keras 3 turns a function of \`keras.ops\` that is called on a model's tensors into a node of the model, tf_keras one of TensorFlow into a \`TFOpLambda\`. Of the ${operations.length} functions of \`keras.ops\` ${known.length} run as Keras runs them, each with cases of its own in \`test/layers\`; the others:`,
    [
      "| Function | Why unknown |",
      "| --- | --- |",
      ...operations.filter(isUnknown).map((name) => `| ${name} | ${UNKNOWABLE_OPERATIONS[name.split(".").at(-1) as string]} |`),
    ].join("\n"),
    `Functions of TensorFlow in models of tf_keras, ${functions.length} compared: ${functions.map((name) => `\`${name}\``).join(", ")}. Where the shape of an output depends on numbers (\`boolean_mask\`, \`unique\`, \`where\` of one argument), it is unknown on the engine \`shapes\`.`,
  ];
}

/** As tf_keras writes them into a file, from the cases that are compared. */
function tensorflowFunctions(): string[] {
  const text = JSON.stringify(layerCases("operations", 2).map(({ config }) => config));
  return [...new Set([...text.matchAll(/"function":"([\w.]+)"/g)].map(([, name]) => name as string))].sort();
}
