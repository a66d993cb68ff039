import { holdModel } from "../../src/helper/work";
import type { AskedProbe, Edit } from "../../src/model";
import { HEAD_CASES, type HeadCase, written } from "./head-cases";

/** A what-if edit of a model, as real Keras was asked too (scripts/answers). */
export interface EditCase {
  name: string;
  /** A Keras Application, or the name of a case of heads whose files are taken. */
  model: string;
  kerasMajor: 2 | 3;
  input: number[];
  mode: "feed" | "rebuild";
  edit: Edit;
}

type Row = [model: string, input: number[], edit: Edit, mode?: "rebuild"];

/** A model of one convolution in either generation, which makes 3×3×16 of 96×96×3. */
function small(kerasMajor: 2 | 3): object {
  const layer = (className: string, config: object) => ({ module: "keras.layers", class_name: className, config, registered_name: null });
  const shape = { [kerasMajor === 3 ? "batch_shape" : "batch_input_shape"]: [null, 96, 96, 3], dtype: "float32", name: "image" };
  const convolution = { name: "conv", filters: 16, kernel_size: [32, 32], strides: [32, 32], padding: "valid", activation: "relu" };
  return {
    module: "keras",
    class_name: "Sequential",
    registered_name: null,
    config: { name: "small", layers: [layer("InputLayer", shape), layer("Conv2D", convolution)] },
    keras_version: kerasMajor === 3 ? "3.15.1" : "2.21.0",
    backend: "tensorflow",
  };
}

const SMALL: { readonly [name: string]: 2 | 3 } = { "a small model": 3, "a small model of Keras 2": 2 };

/** Behind 3×3×16. */
const APPENDED: readonly string[] = [
  "Conv2D(64, 3)|GlobalAveragePooling2D|Dense(9)",
  "Conv2D(64, (3, 2), (2, 1), 'same', activation=tf.nn.relu6, use_bias=False)",
  "Conv2D(8, 1, 1, 'valid', None, 1, 4, 'swish', False)|BatchNormalization()|ReLU(6.0)",
  "keras.layers.SeparableConv2D(32, 3, depth_multiplier=2, padding='same')|Flatten|Dense(4, 'softmax')",
  "DepthwiseConv2D(3, 2, 'same', 2)|layers.MaxPooling2D(2, strides=1)",
  "Conv2DTranspose(16, 4, strides=2, padding='same')|UpSampling2D(2)|Conv2D(3, 3, padding='same', activation='tanh')",
  "PReLU()|AveragePooling2D((2, 2))|LayerNormalization()",
  "PReLU(shared_axes=[1, 2])|SpatialDropout2D(0.2)|GlobalMaxPool2D(keepdims=True)",
  "Reshape((9, 16))|LSTM(16, return_sequences=True)|GRU(8)|Dense(2)",
  "Reshape((9, -1))|Bidirectional(LSTM(8, dropout=0.1), merge_mode='sum')|RepeatVector(3)",
  "Reshape((3, 48))|TimeDistributed(Dense(5))|Permute((2, 1))",
  "ZeroPadding2D(((1, 0), (2, 3)))|Cropping2D(1)|GaussianNoise(0.1)",
  "Reshape((9, 16))|Conv1D(32, 3, padding='causal', dilation_rate=2)|ZeroPadding1D(2)|GlobalAveragePooling1D()",
  "Dense(9)|Activation('softmax')",
  "Dense(7, activation=LeakyReLU(0.1), kernel_initializer='he_normal', kernel_regularizer=keras.regularizers.l2(1e-4), name='logits')",
  "SpectralNormalization(Conv2D(64,3,strides=2,padding='same',activation='LeakyReLU'))|Dropout(0.3)|GlobalAveragePooling2D|Dense(9)",
  "Rescaling(1/255, offset=-1.)|Dropout(rate=.5)|Resizing(5, 7)",
  "UnitNormalization()|ELU()|Softmax(axis=[1, 2])",
  "Reshape([9, 16])|SimpleRNN(4)|Dense(units=1, activation='sigmoid', bias_initializer=keras.initializers.Constant(-2.))",
  "Reshape((1, 3, 3, 16))|ConvLSTM2D(6, 3, padding='same')|Flatten()|Dense(2)",
  "Reshape((9, 16))|RNN(LSTMCell(3), return_sequences=True)|RNN([GRUCell(4), SimpleRNNCell(2)])",
];

const ROWS: readonly Row[] = [
  ...APPENDED.flatMap((append): Row[] => Object.keys(SMALL).map((model) => [model, [1, 96, 96, 3], { append }])),
  ["InceptionV3", [1, 128, 128, 3], { cut: "mixed7", append: "GlobalAveragePooling2D|Dense(9)" }],
  ["InceptionV3?keras=2", [1, 139, 150, 3], { cut: "mixed7", append: "Flatten|Dense(9)" }],
  ["InceptionV3", [1, 299, 299, 3], { cut: "mixed7" }],
  [
    "InceptionV3",
    [1, 256, 256, 4],
    {
      append:
        "SpectralNormalization(Conv2D(64,3,strides=2,padding='same',activation='LeakyReLU'))|Dropout(0.3)|GlobalAveragePooling2D|Dense(9)",
    },
    "rebuild",
  ],
  ["MobileNetV2?include_top=true", [1, 224, 224, 3], { cut: "block_16_project", append: "BatchNormalization" }],
  ["MobileNetV2?include_top=true&keras=2", [1, 224, 224, 3], { removeTop: true, append: "Dense(5)" }],
  ["MobileNetV3Small?include_top=true", [1, 224, 224, 3], { removeTop: true, append: "Flatten|Dense(5)" }],
  ["MobileNetV3Small?include_top=true&keras=2", [1, 160, 160, 3], { removeTop: true }],
  ["VGG16?include_top=true", [1, 224, 224, 3], { removeTop: true, append: "Dropout(0.5)|Dense(3)" }],
  ["EfficientNetB0?keras=2.9", [2, 64, 96, 1], { append: "GlobalAveragePooling2D|Dense(3)" }],
  ["EfficientNetB0?keras=2", [1, 64, 96, 1], { append: "GlobalAveragePooling2D|Dense(3)" }, "rebuild"],
  ["MobileNetV2?keras=2", [1, 64, 96, 5], { cut: "block_6_expand", append: "Flatten|Dense(3)" }, "rebuild"],
  ["a classifier of digits, .keras", [1, 28, 28, 1], { removeTop: true, append: "Dense(3)" }],
  ["a classifier of digits, .h5", [1, 28, 28, 1], { removeTop: true, append: "Dense(3)" }],
  ["a classifier on a backbone inside, .keras", [1, 96, 96, 3], { removeTop: true, append: "Dense(6)" }],
  ["a classifier on a backbone inside, .keras", [1, 96, 96, 3], { cut: "mobilenetv2_0.35_96", append: "Flatten|Dense(6)" }],
  ["maps of classes, .json", [1, 32, 48, 3], { append: "Conv2D(2, 1)" }],
  ["a SavedModel of MobileNetV2", [1, 64, 96, 3], { append: "GlobalAveragePooling2D|Dense(9)" }],
  ["a SavedModel of a classifier", [1, 28, 28, 1], { removeTop: true, append: "Dense(9)" }],
  ["a frozen graph", [1, 16, 20, 3], { append: "Dense(9)" }],
];

/** Files of a model that lies somewhere; a Keras Application has none. */
export function filesOf(model: string): ReturnType<HeadCase["files"]> {
  const major = SMALL[model];
  return major ? written(small(major))() : (HEAD_CASES.find(({ name }) => name === model)?.files() ?? null);
}

/** Which Keras a model is of. */
const majorOf = (model: string): 2 | 3 =>
  SMALL[model] ?? HEAD_CASES.find(({ name }) => name === model)?.kerasMajor ?? (/keras=2/.test(model) ? 2 : 3);

export const EDIT_CASES: readonly EditCase[] = ROWS.map(
  ([model, input, edit, mode]): EditCase => ({
    name: [model, mode === "rebuild" ? "rebuilt" : "", edit.cut, edit.removeTop && "without its top", edit.append]
      .filter(Boolean)
      .join(", "),
    model,
    kerasMajor: majorOf(model),
    input,
    mode: mode ?? "feed",
    edit,
  }),
);

/** What is promised of an edited model, and what real Keras makes of the code. */
export interface EditSaid {
  code: string;
  output: number[];
  parameters: number | null;
  /** Of each appended layer. */
  appended: [parameters: number, output: number[]][];
}

/** By the case's name. */
export type EditGolden = { [name: string]: EditSaid };

/** What we say of a case. */
export async function editTold({ model, input, mode, edit }: EditCase): Promise<EditSaid> {
  const files = filesOf(model);
  const held = await holdModel(
    files
      ? { kind: "bytes", name: files.main, files: [...files.all].map(([path, bytes]) => ({ path, bytes })) }
      : { kind: "zoo", spec: model },
  );
  try {
    const inputs = Object.fromEntries(held.opened.inputs.map(({ name }) => [name, input]));
    const probe: AskedProbe = { inputs, mode, engine: "shapes", fill: "zeros", edit };
    const { report, answers } = await held.probe(probe);
    const way = answers.at(-1)?.ways?.find(({ gives }) => gives);
    if (!way?.code || !way.gives) throw new Error(`no code: ${report.failure?.layer}: ${report.failure?.message}`);
    const rows = report.layers.filter(({ id }) => report.appended?.includes(id));
    return {
      code: way.code,
      output: way.gives.output,
      parameters: way.gives.parameters ?? null,
      appended: rows.map((row) => [row.parameters, row.output?.[0] ?? []]),
    };
  } finally {
    held.dispose();
  }
}
