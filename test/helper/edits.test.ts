import * as tf from "@tensorflow/tfjs-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type HeldModel, holdModel } from "../../src/helper/work";
import type { AskedProbe, Edit } from "../../src/model";

const probe = (edit: Edit, more: Partial<AskedProbe> = {}): AskedProbe => ({
  inputs: {},
  mode: "feed",
  engine: "shapes",
  fill: "zeros",
  edit,
  ...more,
});

describe("the edited model of a model that is held", () => {
  let held: HeldModel;
  let before: number;

  beforeEach(async () => {
    before = tf.memory().numTensors;
    held = await holdModel({ kind: "zoo", spec: "MobileNetV2" });
  });
  afterEach(() => held.dispose());

  it("is freed when another takes its place, and with the model", async () => {
    const open = tf.memory().numTensors;
    await held.probe(probe({ append: "Conv2D(8, 3)" }));
    const first = tf.memory().numTensors;
    await held.probe(probe({ append: "Conv2D(9, 3)" }));
    await held.probe(probe({ append: "Conv2D(9, 3)" }));
    await expect(held.probe(probe({ append: "Conv9D(9, 3)" }))).rejects.toThrow("Conv9D is not a layer");
    await held.probe(probe({ append: "Conv2D(9, 3)" }));
    expect(first).toBeGreaterThan(open);
    expect(tf.memory().numTensors).toBe(first);
    held.dispose();
    await Promise.resolve();
    expect(tf.memory().numTensors).toBe(before);
  });

  it("serves probes that run at the same time", async () => {
    const edits: Edit[] = [{ append: "Flatten|Dense(3)" }, { cut: "block_6_expand" }, {}, { append: "Flatten|Dense(4)" }];
    const replies = await Promise.all(edits.map((edit) => held.probe(probe(edit, { inputs: { input_layer: [1, 96, 96, 3] } }))));
    expect(replies.map(({ report }) => report.outputs[0]?.shape)).toEqual([
      [1, 3],
      [1, 12, 12, 192],
      [1, 3, 3, 1280],
      [1, 4],
    ]);
  });

  it("is built for the sizes of the probe where the model leaves them open", async () => {
    for (const [side, parameters] of [
      [96, 9 * 1280 * 3 + 3],
      [160, 25 * 1280 * 3 + 3],
    ] as const) {
      const { report } = await held.probe(probe({ append: "Flatten|Dense(3)" }, { inputs: { input_layer: [1, side, side, 3] } }));
      expect(report.layers.at(-1)?.parameters).toBe(parameters);
    }
  });

  it("is what further questions are about", async () => {
    const answers = await held.ask(probe({ cut: "block_6_expand" }), "head", { classes: 3 }, null);
    const codes = answers.flatMap(({ ways = [] }) => ways).map(({ code }) => code);
    expect(codes[0]).toContain('features = keras.Model(base.inputs, base.get_layer("block_6_expand").output)');
  });

  it("is what the code of a way out begins with", async () => {
    const gray = { inputs: { input_layer: [1, 96, 96, 1] } };
    const { answers } = await held.probe(probe({ cut: "block_6_expand", append: "Flatten|Dense(3)" }, gray));
    const code = answers.flatMap(({ ways = [] }) => ways).map((way) => way.code)[0];
    expect(code?.split("\n").slice(2)).toEqual([
      "",
      'base = keras.applications.MobileNetV2(include_top=False, weights="imagenet")',
      'features = keras.Model(base.inputs, base.get_layer("block_6_expand").output)',
      "inputs = keras.Input((96, 96, 3))",
      "x = features(inputs)",
      "x = keras.layers.Flatten()(x)",
      "x = keras.layers.Dense(3)(x)",
      "base = keras.Model(inputs, x)",
      "",
      "x = tf.zeros((1, 96, 96, 1))  # yours",
      "x = tf.image.grayscale_to_rgb(x)",
      "outputs = base(x)",
    ]);
  });

  it("has the weights of its layers, and draws those that are appended", async () => {
    const { report } = await held.probe(
      probe(
        {
          cut: "Conv1",
          append: "Conv2D(2, 1, activation=LeakyReLU(0.5), kernel_initializer='zeros', bias_initializer=keras.initializers.Constant(-3.))",
        },
        {
          engine: "wasm",
          inputs: { input_layer: [1, 4, 4, 3] },
        },
      ),
    );
    expect(report.numbers).toMatchObject({ ended: null, differing: [], surplus: [] });
    expect(report.outputs[0]?.values?.slice(0, 2)).toEqual([-1.5, -1.5]);
  });
});
