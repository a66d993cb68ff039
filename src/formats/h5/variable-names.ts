import type { JsonObject, Layer } from "../../model";

/** Names of a layer's variables in Keras's order: the trainable ones first. */
type Names = (config: JsonObject) => (string | false)[];

const withBias =
  (...names: string[]): Names =>
  ({ use_bias }) => [...names, use_bias !== false && "bias"];
const scaled: Names = ({ scale, center }) => [scale !== false && "gamma", center !== false && "beta"];
const recurrent = withBias("kernel", "recurrent_kernel");

/** Keras numbers variables in its weight files; this gives the numbers of common classes their names back. */
const TABLE: { classes: string[]; names: Names }[] = [
  { classes: ["Dense", "Conv1D", "Conv2D", "Conv3D", "Conv1DTranspose", "Conv2DTranspose", "Conv3DTranspose"], names: withBias("kernel") },
  { classes: ["DepthwiseConv1D", "DepthwiseConv2D"], names: withBias("depthwise_kernel") },
  { classes: ["SeparableConv1D", "SeparableConv2D"], names: withBias("depthwise_kernel", "pointwise_kernel") },
  { classes: ["BatchNormalization"], names: (config) => [...scaled(config), "moving_mean", "moving_variance"] },
  { classes: ["LayerNormalization", "GroupNormalization"], names: scaled },
  { classes: ["Embedding"], names: () => ["embeddings"] },
  { classes: ["PReLU"], names: () => ["alpha"] },
  { classes: ["Normalization"], names: ({ mean }) => (mean === null || mean === undefined ? ["mean", "variance", "count"] : []) },
  { classes: ["SimpleRNN", "LSTM", "GRU"], names: recurrent },
  { classes: ["LayerScale"], names: () => ["gamma"] },
];
const BY_CLASS = new Map(TABLE.flatMap(({ classes, names }) => classes.map((className) => [className, names] as const)));

/** What the layer calls its variable `number`; the number itself where the class is not known. */
export function variableName(layer: Layer, number: number): string {
  const names = BY_CLASS.get(layer.className)?.(layer.config).filter((name): name is string => name !== false);
  return names?.[number] ?? String(number);
}
