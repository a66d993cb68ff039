import { describe, expect, test } from "vitest";
import type { Report } from "../../src/model";
import { run } from "./run";
import { problemsOf } from "./schema";

const HEAD =
  "SpectralNormalization(Conv2D(64,3,strides=2,padding='same',activation='LeakyReLU'))|Dropout(0.3)|GlobalAveragePooling2D|Dense(9)";

describe("a model as an edit makes it, in the terminal", () => {
  test("the second question's head is one line", async () => {
    const { status, lines } = await run(["inspect", "InceptionV3", "--input", "256x256x4", "--mode", "rebuild", "--append", HEAD]);
    const text = lines.join("\n");
    expect(status).toBe(0);
    for (const words of [
      "+ spectral_normalization (SpectralNormalization)",
      "+ dense (Dense)",
      "22,983,433 parameters · output dense 9",
      "375 of 376 weights fit. These do not: conv2d kernel: 3×3×3×32 → 3×3×4×32.",
      "How is this written in Keras?",
      'Keras 3 takes no text "LeakyReLU" for an activation',
      'x = keras.layers.SpectralNormalization(keras.layers.Conv2D(64, 3, strides=2, padding="same", activation=keras.layers.LeakyReLU()))(x)',
    ])
      expect(text).toContain(words);
  });

  test.each<[string[], number[], string[], number]>([
    [
      ["MobileNetV2", "--input", "96x96x3", "--append", "GlobalAveragePooling2D|Dense(9)"],
      [1, 9],
      ["global_average_pooling2d", "dense"],
      2_269_513,
    ],
    [["MobileNetV2", "--input", "96x96x3", "--cut", "block_6_expand"], [1, 12, 12, 192], [], 65_152],
    [["VGG16?include_top=true", "--remove-top", "--append", "Dense(3,name='predictions')"], [1, 3], ["predictions"], 134_272_835],
    [["VGG16?include_top=true", "--cut", "fc2", "--remove-top"], [1, 4096], [], 0],
  ])("%j", async (words, output, appended, parameters) => {
    const expected = run(["inspect", ...words, "--json"]);
    if (parameters === 0)
      return expect(expected).rejects.toMatchObject({ message: expect.stringContaining("does not end in a classifier") });
    const [report] = (await expected).documents as Report[];
    expect(problemsOf(JSON.stringify(report))).toEqual([]);
    expect([report?.outputs[0]?.shape, report?.appended ?? [], report?.model.parameters]).toEqual([output, appended, parameters]);
  });

  test("a report says where the model was cut", async () => {
    const { lines } = await run(["inspect", "VGG16?include_top=true", "--cut", "fc2", "--append", "Dense(2)"]);
    expect(lines).toContain("probe: input_layer 224×224×3 (declared 224×224×3) · ends at fc2 · mode feed · engine shapes");
  });

  test("head works behind what is left", async () => {
    const { lines } = await run([
      "head",
      "InceptionV3",
      "--input",
      "150x150x3",
      "--cut",
      "mixed7",
      "--classes",
      "9",
      "--option",
      "flatten",
    ]);
    expect(lines).toEqual([
      "import keras",
      "",
      'base = keras.applications.InceptionV3(include_top=False, weights="imagenet")',
      'features = keras.Model(base.inputs, base.get_layer("mixed7").output)',
      "inputs = keras.Input((150, 150, 3))",
      "x = features(inputs)",
      "x = keras.layers.Flatten()(x)",
      'x = keras.layers.Dense(9, activation="softmax")(x)',
      "model = keras.Model(inputs, x)",
    ]);
  });

  test.each([
    [["--append", "Conv2d(8, 3)"], "Conv2d is not a layer of Keras 3; did you mean Conv2D?"],
    [["--cut", "block_3"], "did you mean block_3_expand, block_3_expand_BN"],
    [["--cut", "out_rely"], "MobileNetV2 has no layer out_rely; did you mean out_relu?"],
    [["--remove-top"], "it is without its top already, so there is no top to remove."],
    [["--append", "Reshape((9,-1))|LSTM(4, return_state=True)"], "LSTM as it is written gives 3 tensors, and a chain goes on with one"],
    [["--append", "Dense(9,name='Conv1')"], "The model has a layer Conv1 already; give the appended Dense another name."],
  ])("%j is refused", (words, message) =>
    expect(run(["inspect", "MobileNetV2", "--input", "96x96x3", ...words])).rejects.toMatchObject({
      name: "UserError",
      message: expect.stringContaining(message),
    }),
  );
});
