import { describe, expect, it } from "vitest";
import { layersWritten, wholeConfig } from "../../../src/layers";
import { seeded } from "../../../src/probe/numbers/chance";

const layer = (className: string, config: object = {}) => ({
  module: "keras.layers",
  class_name: className,
  config,
  registered_name: null,
});

describe("layers as Keras takes them", () => {
  it.each<[string, string, object]>([
    ["Conv2D(64, 3)", "Conv2D", { filters: 64, kernel_size: 3 }],
    ["tf.keras.layers.Conv2D(64, (3, 2), 2, 'same')", "Conv2D", { filters: 64, kernel_size: [3, 2], strides: 2, padding: "same" }],
    ["keras.layers.MaxPool2D", "MaxPooling2D", {}],
    ["layers.Dense(9, tf.nn.relu)", "Dense", { units: 9, activation: "relu" }],
    ["Dense(9, activation=keras.activations.swish)", "Dense", { units: 9, activation: "swish" }],
    ["Dense(9, activation=None)", "Dense", { units: 9, activation: null }],
    ["Dense(9, activation='LeakyReLU')", "Dense", { units: 9, activation: layer("LeakyReLU") }],
    ["Dense(9, activation=LeakyReLU)", "Dense", { units: 9, activation: layer("LeakyReLU") }],
    ["Dense(9, name='logits', trainable=False)", "Dense", { units: 9, name: "logits", trainable: false }],
    ["Dense(9, dtype=tf.float16)", "Dense", { units: 9, dtype: "float16" }],
    [
      "Dense(9, kernel_initializer=keras.initializers.RandomNormal(0., 0.02), kernel_regularizer=regularizers.l2(1e-4))",
      "Dense",
      {
        units: 9,
        kernel_initializer: { ...layer("RandomNormal", { mean: 0, stddev: 0.02 }), module: "keras.initializers" },
        kernel_regularizer: { ...layer("L2", { l2: 1e-4 }), module: "keras.regularizers" },
      },
    ],
    ["TimeDistributed(Dense(5))", "TimeDistributed", { layer: layer("Dense", { units: 5 }) }],
    [
      "RNN([LSTMCell(3), GRUCell(4)])",
      "RNN",
      { cell: layer("StackedRNNCells", { cells: [layer("LSTMCell", { units: 3 }), layer("GRUCell", { units: 4 })] }) },
    ],
  ])("%s", (text, className, config) => {
    for (const major of [2, 3] as const) expect(layersWritten(text, major)).toEqual([{ className, config }]);
  });

  it.each<[2 | 3, string, object]>([
    [2, "LeakyReLU(0.1)", { alpha: 0.1 }],
    [3, "LeakyReLU(0.1)", { negative_slope: 0.1 }],
    [2, "RandomFlip('horizontal', 1)", { mode: "horizontal", seed: 1 }],
  ])("by the names of Keras %i: %s", (major, text, config) => expect(layersWritten(text, major)[0]?.config).toEqual(config));
});

describe("what Keras does not have is refused in a sentence", () => {
  it.each<[string, string]>([
    ["Conv2d(64, 3)", "Conv2d is not a layer of Keras 3; did you mean Conv2D?"],
    ["my.Dense(9)", "my.Dense is not a layer of Keras 3"],
    ["ThresholdedReLU()", "ThresholdedReLU is not a layer of Keras 3"],
    ["toString()", "toString is not a layer of Keras 3"],
    ["Lambda(f)", "Lambda is not a layer of Keras 3"],
    ["Conv2D(64, 3, stride=2)", "Conv2D has no argument stride; did you mean strides?"],
    ["Conv2D(64, 3, constructor=2)", "Conv2D has no argument constructor"],
    ["Conv2D(64)", "Conv2D needs its argument kernel_size"],
    ["Dense", "Dense needs its argument units"],
    ["Dense(9, units=8)", "Dense is given units twice"],
    ["Flatten('a', 'b')", "Flatten takes 1 argument (data_format), not 2."],
    ["Dense(9, input_shape=(4,))", "it reads what stands before it"],
    ["Dense(9, 'relux')", 'The activation of Dense is "relux", which Keras 3 does not have; did you mean "relu"?'],
    ["Dense(9, activation=3)", 'has to be a name, like "relu"'],
    ["Dense(n)", "The units of Dense is n, which is computed elsewhere; write its value."],
    ["Dense(9, kernel_initializer='he_nomal')", 'did you mean "he_normal"?'],
    ["Dense(9, kernel_regularizer=l3(1))", "l3 is not a regularizer of Keras 3"],
    [
      "Dropout(0.3, Conv2D(8, 3))",
      "Dropout wraps no layer, so Conv2D cannot stand in its noise_shape; write one behind the other: Conv2D(…)|Dropout(…).",
    ],
    ["SpectralNormalization(3)", "The layer of SpectralNormalization has to be a layer"],
    ["TimeDistributed(Dens(3))", "Dens is not a layer of Keras 3; did you mean Dense?"],
    ["Concatenate()", "Concatenate takes several tensors"],
    ["MultiHeadAttention(2, 8)", "MultiHeadAttention takes several tensors"],
  ])("%s: %s", (text, words) => {
    expect(() => layersWritten(text, 3)).toThrow(expect.objectContaining({ name: "UserError", message: expect.stringContaining(words) }));
  });
});

it("fills in what is left out as Keras does, inside wrappers too", () => {
  const [written] = layersWritten("TimeDistributed(Conv2D(8, 3))", 3);
  const whole = wholeConfig(written?.className ?? "", written?.config ?? {}, 3);
  expect(whole).toMatchObject({
    layer: { class_name: "Conv2D", config: { filters: 8, strides: [1, 1], padding: "valid", use_bias: true } },
  });
});

const TEXTS = [
  "Conv2D(64, 3, strides=2, padding='same')|Dropout(0.3)|Dense(9)",
  "SpectralNormalization(Conv2D(8, (3, 3), activation='LeakyReLU'))\nx = layers.Dense(units=1/2, name='a')(x)",
  "Bidirectional(LSTM(4, kernel_regularizer=keras.regularizers.l2(1e-4)), merge_mode=None)",
];
const PIECES = "Conv2D Dense ( ) [ ] , | \n = ' \" 3 - + / * . None name x activation \\ # { λ 1e999 \u0000".split(" ");

it("never throws anything but a UserError, whatever is written", () => {
  const next = seeded(20_260);
  const pick = (count: number) => Math.floor(next() * count);
  let read = 0;
  for (let round = 0; round < 3000; round++) {
    let text = TEXTS[pick(TEXTS.length)] as string;
    for (let change = pick(4); change > 0; change--) {
      const at = pick(text.length);
      text = text.slice(0, at) + (PIECES[pick(PIECES.length)] as string) + text.slice(at + pick(3));
    }
    try {
      read += Math.sign(layersWritten(text, round % 2 === 0 ? 2 : 3).length);
    } catch (error) {
      if ((error as Error).name !== "UserError") throw new Error(`${JSON.stringify(text)}: ${error}`);
    }
  }
  expect(read).toBeGreaterThan(700);
  expect(read).toBeLessThan(2300);
});
