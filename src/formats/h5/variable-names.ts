import type { JsonObject, Layer } from "../../model";

/** Names of a layer's variables in Keras's order: the trainable ones first. */
type Names = (config: JsonObject, kerasMajor: 2 | 3) => (string | false)[];

const withBias =
  (...names: string[]): Names =>
  ({ use_bias }) => [...names, use_bias !== false && "bias"];
const scaled = ({ scale, center }: JsonObject): (string | false)[] => [scale !== false && "gamma", center !== false && "beta"];
const recurrent = withBias("kernel", "recurrent_kernel");

/** What is saved a second time. */
export const COPY = "copy";

/** Keras numbers variables in its weight files; this gives the numbers of common classes their names back. */
const TABLE: { classes: string[]; names: Names }[] = [
  { classes: ["Dense", "Conv1D", "Conv2D", "Conv3D", "Conv1DTranspose", "Conv2DTranspose", "Conv3DTranspose"], names: withBias("kernel") },
  {
    classes: ["DepthwiseConv1D", "DepthwiseConv2D"],
    names: (config, kerasMajor) => withBias(kerasMajor === 3 ? "kernel" : "depthwise_kernel")(config, kerasMajor),
  },
  { classes: ["SeparableConv1D", "SeparableConv2D"], names: withBias("depthwise_kernel", "pointwise_kernel") },
  { classes: ["BatchNormalization"], names: (config) => [...scaled(config), "moving_mean", "moving_variance"] },
  { classes: ["LayerNormalization", "GroupNormalization"], names: scaled },
  { classes: ["Embedding"], names: () => ["embeddings"] },
  { classes: ["PReLU"], names: () => ["alpha"] },
  { classes: ["Normalization"], names: ({ mean }) => (mean === null || mean === undefined ? ["mean", "variance", "count"] : []) },
  { classes: ["SimpleRNN", "LSTM", "GRU"], names: recurrent },
  // Keras 3 saves a copy of the wrapped layer's kernel before it.
  { classes: ["SpectralNormalization"], names: () => [COPY, "vector_u"] },
  { classes: ["LayerScale"], names: () => ["gamma"] },
];
const BY_CLASS = new Map(TABLE.flatMap(({ classes, names }) => classes.map((className) => [className, names] as const)));

/** Keras 3 leaves some variables without a name and numbers them up (`variable_17`); their layers' code calls them so. */
export function namedVariable(layer: Layer, name: string): string {
  return /^variable(_\d+)?$/.test(name) ? variableName(layer, 0, 3) : name;
}

/** What the layer calls its variable `number`; the number itself where the class is not known. */
export function variableName(layer: Layer, number: number, kerasMajor: 2 | 3): string {
  const names = BY_CLASS.get(layer.className)?.(layer.config, kerasMajor).filter((name): name is string => name !== false);
  return names?.[number] ?? String(number);
}
