import { t } from "@vscode/l10n";
import { formatShape, type Json, type LayerReport } from "../../src/model";
import type { Fact } from "./fact";

const HINTS = {
  attribute: t("An attribute of the operation, as TensorFlow calls it."),
  constant: t("A constant of the graph that the operation is given; it is no weight."),
  folded: t("Nodes of the file that only hand on a tensor or hold a constant: they are drawn as a part of this operation."),
};

/** Attributes with these values are what TensorFlow does anyhow, or fused operations carry along: they are left out. */
const USUAL: { readonly [name: string]: readonly string[] } = {
  data_format: ["NHWC"],
  explicit_paddings: ["[]"],
  use_cudnn_on_gpu: ["true"],
  is_training: ["false"],
  transpose_a: ["false"],
  transpose_b: ["false"],
  adj_x: ["false"],
  adj_y: ["false"],
  num_args: ["1", "2"],
  num_host_args: ["0"],
  dilations: ["[1,1,1,1]"],
  begin_mask: ["0"],
  end_mask: ["0"],
  ellipsis_mask: ["0"],
  new_axis_mask: ["0"],
  shrink_axis_mask: ["0"],
  leakyrelu_alpha: ["0.2"],
  epsilon: ["0", "0.0001"],
};

/** What is known of an operation of a graph besides its shapes: attributes, constants, what was folded. Empty for layers of Keras. */
export function operationFacts({ operation }: LayerReport): Fact[] {
  if (!operation) return [];
  const { attributes = {}, constants = [], folded = [] } = operation;
  const told = Object.entries(attributes).filter(([name, value]) => !USUAL[name]?.includes(JSON.stringify(value).replaceAll('"', "")));
  return [
    ...told.map(([name, value]): Fact => ({ label: name, value: valueText(value), hint: HINTS.attribute })),
    ...constants.map(({ name, shape, values }): Fact => ({ label: name, value: constantText(shape, values), hint: HINTS.constant })),
    ...(folded.length > 0 ? [{ label: t("folds"), value: foldedText(folded), hint: HINTS.folded, isLong: true }] : []),
  ];
}

function valueText(value: Json): string {
  return Array.isArray(value) ? `[${value.map(valueText).join(", ")}]` : String(value ?? "?");
}

function constantText(shape: readonly number[], values: readonly (number | string)[] | undefined): string {
  if (!values) return t("constant {0}", formatShape(shape));
  const count = shape.reduce((product, size) => product * size, 1);
  const text = values.map((value) => shortValue(value)).join(", ");
  return shape.length === 0 ? text : `[${text}${count > values.length ? ", …" : ""}]`;
}

function shortValue(value: number | string): string {
  if (typeof value === "number") return String(Number(value.toPrecision(4)));
  return /^(-?Infinity|NaN)$/.test(value) ? value : JSON.stringify(value);
}

/** Most folded nodes that are named. */
const MOST_NAMED = 6;

function foldedText(folded: readonly string[]): string {
  const names = folded.slice(0, MOST_NAMED).join(", ");
  const named = folded.length > MOST_NAMED ? t("{0} and {1} more", names, folded.length - MOST_NAMED) : names;
  return folded.length === 1 ? t("1 node: {0}", named) : t("{0} nodes: {1}", folded.length, named);
}
