import { describe, expect, test } from "vitest";
import { callAnswer } from "../../../src/extension/hover/call-answer";
import type { CallQuestion } from "../../../src/extension/hover/call-question";
import { layerAnswer, layerNamed } from "../../../src/extension/hover/layer-answer";
import type { LayerReport, Report } from "../../../src/model";

const layer = (id: string, more: Partial<LayerReport> = {}): LayerReport => ({
  id,
  className: "Conv2D",
  status: "ok",
  declared: [[null, 8, 8, 4]],
  output: [[1, 8, 8, 4]],
  parameters: 0,
  inputs: [],
  weights: [],
  ...more,
});

const report = (more: Partial<Report> = {}): Report => ({
  schema: 1,
  model: { name: "A", format: "zoo", producer: "keras 3.15.1", layers: 5, parameters: 10_010, inputs: [] },
  probe: { inputs: { x: [1, 128, 128, 3] }, mode: "feed", engine: "shapes", fill: "zeros" },
  gates: [],
  layers: [],
  broadcasts: [],
  misfits: [],
  failure: null,
  outputs: [{ layer: "out", shape: [1, 4, 4, 2048] }],
  ...more,
});

const gray = (more: Partial<Report> = {}) => report({ probe: { ...report().probe, inputs: { x: [1, 128, 128, 1] } }, ...more });
const broadcast: Report["broadcasts"][number] = {
  layer: "normalization",
  operation: "Sub",
  kind: "expands-activation",
  operands: [
    { shape: [1, 128, 128, 1], stretched: [3], role: "activation", name: null },
    { shape: [1, 1, 1, 3], stretched: [1, 2], role: "weight", name: "mean" },
  ],
  output: [1, 128, 128, 3],
};

describe("callAnswer", () => {
  const question: CallQuestion = {
    spec: "A",
    includeTop: false,
    weights: "imagenet",
    inputShape: [128, 128, 3],
    classes: null,
    reservations: [],
  };
  const cases: [title: string, answer: string, expected: string[]][] = [
    [
      "what comes out, and that grayscale goes through",
      callAnswer(question, { asked: report(), gray: gray({ broadcasts: [broadcast] }) }),
      [
        "**A** · without top · keras 3\\.15\\.1",
        "`128×128×3` → **`4×4×2048`** · 4-D with the batch: pool or flatten it before a Dense",
        "10,010 parameters · 5 layers",
        "Grayscale (`128×128×1`): accepted in silence: 1 → 3 channels at `normalization`",
      ],
    ],
    [
      "that grayscale fails",
      callAnswer(question, { asked: report(), gray: gray({ failure: { layer: "Conv1", message: "no", cause: null } }) }),
      ["Grayscale (`128×128×1`): fails at Conv1"],
    ],
    [
      "where the asked tensor fails",
      callAnswer(question, { asked: report({ failure: { layer: "conv_2", message: "<too small>", cause: null } }), gray: null }),
      ["`128×128×3` **fails at conv\\_2**: &lt;too small&gt;"],
    ],
    [
      "that the input is refused",
      callAnswer(question, { asked: report({ failure: { layer: "(input)", message: "wants 299", cause: null } }), gray: null }),
      ["`128×128×3` **is refused at the input**: wants 299"],
    ],
    [
      "that one channel cannot be declared, and what happens where it is fed",
      callAnswer({ ...question, inputShape: [128, 128, 1] }, { asked: gray({ broadcasts: [broadcast] }), gray: null }),
      [
        "**Keras refuses this call**: ImageNet's weights are for 3 channels, not 1. Declared with 3 and fed `128×128×1`: accepted in silence: 1 → 3 channels at `normalization`",
      ],
    ],
    [
      "what the constructor says",
      callAnswer(question, { asked: report({ gates: [{ gate: "constructor", open: false, message: "at least 75" }] }), gray: null }),
      ["**Keras refuses this call**: at least 75"],
    ],
    [
      "that the size is the default, and what was not read",
      callAnswer({ ...question, inputShape: null, reservations: ["`alpha` is not taken into account."] }, { asked: report(), gray: null }),
      ["`128×128×3` (the default size) → ", "*`alpha` is not taken into account.*"],
    ],
    [
      "output and parameters for another number of classes",
      callAnswer(
        { ...question, includeTop: true, classes: 10 },
        {
          asked: report({
            outputs: [{ layer: "predictions", shape: [1, 1000] }],
            layers: [
              layer("predictions", {
                parameters: 10_000,
                weights: [
                  { name: "kernel", shape: [9, 1000] },
                  { name: "bias", shape: [1000] },
                ],
              }),
            ],
          }),
          gray: null,
        },
      ),
      ["**`10`**", "110 parameters"],
    ],
  ];
  test.each(cases)("says %s", (_title, answer, expected) => {
    for (const line of expected) expect(answer).toContain(line);
  });
});

describe("layerNamed", () => {
  const layers = [layer("outer"), layer("outer/conv"), layer("conv_2"), layer("other/conv")];
  test.each([
    ["conv_2", "conv_2"],
    ["outer/conv", "outer/conv"],
    ["conv", "outer/conv"],
    ["uter/conv", undefined],
    ["", undefined],
  ])("%j means %s", (name, id) => expect(layerNamed(report({ layers }), name)?.id).toBe(id));
});

describe("layerAnswer", () => {
  test("says shapes, parameters and weights", () => {
    const conv = layer("conv", {
      parameters: 112,
      weights: [{ name: "kernel", shape: [3, 3, 3, 4] }],
      inputs: [{ layer: "x", call: 0, output: 0, shape: [1, 16, 16, 3] }],
    });
    expect(layerAnswer(report(), conv).split("\n\n")).toEqual([
      "**conv** · Conv2D",
      "`16×16×3` → `8×8×4`",
      "112 parameters (kernel `3×3×3×4`)",
      "*A with 128×128×3*",
    ]);
  });

  test("says nothing of a declaration that leaves open what came out", () => {
    const conv = layer("conv", { declared: [[null, null, null, 4]] });
    expect(layerAnswer(report(), conv)).not.toContain("declared");
  });

  test("says what was declared, where something else came out, and which broadcast did it", () => {
    const odd = layer("normalization", { className: "Normalization", declared: [[null, 128, 128, 1]], output: [[1, 128, 128, 3]] });
    const answer = layerAnswer(report({ broadcasts: [broadcast] }), odd);
    expect(answer).toContain("`128×128×3` (declared `128×128×1`)");
    expect(answer).toContain("**broadcast** in `Sub`: `1×128×128×1` with `1×1×1×3` gives `1×128×128×3`");
  });

  test("shows a name that holds markup as that name", () => {
    const evil = layer("<img src=x>[a](command:b)`", { className: "**C**", status: "failed", message: "<b>no</b>", output: null });
    const answer = layerAnswer(report(), evil);
    expect(answer).toContain("**&lt;img src=x&gt;\\[a\\]\\(command:b\\)\\`** · \\*\\*C\\*\\*");
    expect(answer).toContain("**fails**: &lt;b&gt;no&lt;/b&gt;");
  });
});
