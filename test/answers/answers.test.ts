import { describe, expect, it } from "vitest";
import { explain, headline } from "../../src/answers";
import { zooModel } from "../../src/formats";
import type { ProbeMode, Report } from "../../src/model";
import { prepareModel, runProbe } from "../../src/probe";

async function reportOf(spec: string, shape: number[], mode: ProbeMode = "feed"): Promise<Report> {
  const prepared = prepareModel(zooModel(spec));
  const inputs = { [prepared.inputs[0]?.name ?? ""]: shape };
  const report = await runProbe(prepared, { inputs, mode, engine: "shapes", fill: "zeros" });
  prepared.dispose();
  return report;
}

/** [model, tensor, tone, headline] */
const HEADLINES: [string, number[], string, string][] = [
  [
    "EfficientNetB5?keras=2.9",
    [1, 128, 128, 1],
    "broadcast",
    "Accepted: 1 → 3 channels at normalization · output 4×4×2048 · 28.5 M parameters",
  ],
  ["EfficientNetV2B2", [1, 128, 128, 1], "broadcast", "Accepted: 1 → 3 channels at normalization · output 4×4×1408 · 8.8 M parameters"],
  ["MobileNetV2", [1, 160, 160, 3], "passed", "Accepted · output 5×5×1280 · 2.3 M parameters"],
  ["MobileNetV2", [1, 128, 128, 1], "failed", "Fails at Conv1: expected 3 channels, got 1 from 1×128×128×1"],
  ["InceptionV3", [1, 32, 32, 3], "failed", "Fails at conv2d_29: window 3×3 does not fit into input 1×1"],
  [
    "VGG16?include_top=true",
    [1, 256, 256, 3],
    "failed",
    "Refused by the input check: input_layer expects ?×224×224×3, got 1×256×256×3: axis 1 is 256 where 224 is declared",
  ],
];

describe("the headline", () => {
  it.each(HEADLINES)("%s at %j", async (spec, shape, tone, text) => {
    expect(headline(await reportOf(spec, shape))).toEqual({ tone, text });
  });

  it("tells of what is unknown, and of several outputs", async () => {
    const report = await reportOf("MobileNetV2", [1, 96, 96, 3]);
    const last = report.layers.at(-1);
    const unknown = {
      ...report,
      layers: [...report.layers.slice(0, -1), { ...last, status: "unknown", output: null }],
      outputs: [],
    } as Report;
    const rows = unknown.layers.map((row) => (row.status === "unknown" ? { ...row, message: "why", needsNumbers: true as const } : row));
    expect(headline({ ...unknown, layers: rows }).text).toMatch(/^Accepted; from out_relu on 1 layer depends on numbers · /);
    expect(headline(unknown)).toEqual({ tone: "unknown", text: "Unknown from out_relu on (1 layer) · output unknown · 2.3 M parameters" });
    const two = {
      ...report,
      outputs: [
        { layer: "a", shape: [1, 2] },
        { layer: "b", shape: [1, 4, 4, 3] },
      ],
    };
    expect(headline(two).text).toContain("outputs a 2, b 4×4×3");
  });
});

describe("the explanation", () => {
  it("of a gray image that is let in has the operands with their numbers", async () => {
    const [answer, ...others] = explain(await reportOf("EfficientNetB5?keras=2.9", [1, 128, 128, 1]));
    expect(others).toEqual([]);
    expect(answer?.title).toBe("Why does this model take a grayscale image?");
    expect(answer?.text.join(" ")).toMatch(/input_1 declares 3 along its last axis/);
    expect(answer?.text.join(" ")).toContain("Sub brings together the tensor 1×128×128×1 and weight mean (1×1×1×3: 0.485, 0.456, 0.406)");
    expect(answer?.text.at(-1)).toMatch(/Declaring this shape .* EfficientNetB5 refuses input_shape=\(128, 128, 1\)/);
    expect(answer?.text.join(" ")).toContain("number for number what the channel repeated on purpose would give");
    expect(answer?.text.join(" ")).toMatch(
      /minus a number of its own: 0.485, 0.456, 0.406\. normalization divides .* tf.math.truediv divides each/,
    );
  });

  it("of a failure has what arrived, the kernel and how far the tensor came", async () => {
    const [answer] = explain(await reportOf("MobileNetV2", [1, 128, 128, 1]));
    expect(answer?.text.join(" ")).toMatch(/It was given 1×128×128×1 from input_layer\. Its kernel is 3×3×3×32/);
    expect(answer?.text.join(" ")).toContain("It is the first layer to run");
  });

  it("of a shut gate has what would happen behind it", async () => {
    const [answer] = explain(await reportOf("VGG16?include_top=true", [1, 256, 256, 3]));
    expect(answer?.text[1]).toBe(
      "Behind the check, the layers could not take it either: fc1: expected 25088 values, got 32768 from 1×32768.",
    );
    const [open] = explain(await reportOf("MobileNetV2?include_top=true", [1, 256, 256, 3]));
    expect(open?.text[1]).toMatch(/The layers themselves could take this tensor/);
  });

  it("of a routine probe is empty", async () => {
    expect(explain(await reportOf("MobileNetV2", [1, 128, 128, 3]))).toEqual([]);
  });
});

/** [model, tensor, headline, sentence] of mode rebuild */
const REBUILT: [string, number[], string, string | null][] = [
  [
    "MobileNetV2",
    [1, 96, 96, 1],
    "Rebuilt · output 3×3×1280 · 2.3 M parameters · 1 pretrained weight lost at Conv1",
    "259 of 260 weights fit. These do not: Conv1 kernel: 3×3×3×32 → 3×3×1×32.",
  ],
  [
    "InceptionV3?include_top=true",
    [1, 224, 224, 3],
    "Rebuilt · output 1000 · 23.9 M parameters · all weights fit",
    "All 378 weights fit: the rebuilt model can take them as they are.",
  ],
  [
    "EfficientNetB5",
    [1, 128, 128, 1],
    "Fails at stem_conv: expected 1 channel, got 3 from 1×129×129×3",
    "These do not: normalization mean: 3 → 1;",
  ],
];

describe("a model with its input declared anew", () => {
  it.each(REBUILT)("%s at %j", async (spec, shape, text, sentence) => {
    const report = await reportOf(spec, shape, "rebuild");
    expect(headline(report).text).toBe(text);
    const answer = explain(report).find(({ title }) => title === "Which pretrained weights fit the new input?");
    expect(answer?.text.join(" ") ?? null).toContain(sentence);
  });
});

describe("what is unknown", () => {
  it("is told once for each reason, with the layers, and not for those that only come after", () => {
    const row = (id: string, more: object): Report["layers"][number] => ({
      id,
      className: "Own",
      status: "unknown",
      declared: null,
      output: null,
      parameters: 0,
      inputs: [{ layer: "x", call: 0, output: 0, shape: [1, 2] }],
      weights: [],
      ...more,
    });
    const layers = [
      row("a", { message: "its class is not one of Keras's own" }),
      row("b", { message: "its class is not one of Keras's own" }),
      row("words", { className: "TextVectorization", message: "how many words a text has depends on the text" }),
      row("after", { inputs: [{ layer: "a", call: 0, output: 0, shape: null }] }),
    ];
    const [answer] = explain({ ...EMPTY, layers });
    expect(answer).toEqual({
      title: "What is unknown?",
      text: [
        "a (Own), b (Own): its class is not one of Keras's own.",
        "words (TextVectorization): how many words a text has depends on the text.",
        "The layers that depend on it are drawn, without shapes.",
      ],
    });
  });
});

const EMPTY: Report = {
  schema: 1,
  model: { name: "m", format: "keras-json", producer: null, layers: 0, parameters: 0, inputs: [] },
  probe: { inputs: {}, mode: "feed", engine: "shapes", fill: "zeros" },
  gates: [],
  layers: [],
  broadcasts: [],
  misfits: [],
  failure: null,
  outputs: [],
};
