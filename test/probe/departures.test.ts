import { describe, expect, test } from "vitest";
import { explain } from "../../src/answers";
import { zooModel } from "../../src/formats";
import { prepareModel, runProbe } from "../../src/probe";
import { functional, input, sent } from "./models";

async function zooReport(spec: string, shape: number[], mode: "feed" | "rebuild") {
  const prepared = prepareModel(zooModel(spec));
  const inputs = { [prepared.inputs[0]?.name ?? ""]: shape };
  const report = await runProbe(prepared, { inputs, mode, engine: "shapes", fill: "zeros" });
  prepared.dispose();
  return report;
}

describe("layers that give another shape than they declare", () => {
  // The facts of real Keras on rebuilding with one channel: test/golden/rebuild.json.
  test.each<[string, number[], "feed" | "rebuild", string[], string | null]>([
    ["EfficientNetB0?keras=3", [1, 128, 128, 1], "rebuild", ["rescaling_1"], "rescaling_1"],
    ["EfficientNetB0?keras=2.9", [1, 128, 128, 1], "rebuild", [], null],
    ["EfficientNetB0?keras=3", [1, 128, 128, 3], "rebuild", [], null],
    // The tensor's own shape is the probe's choice, and what comes of it no departure.
    ["EfficientNetB0?keras=3", [1, 128, 128, 1], "feed", [], null],
    ["MobileNetV2?keras=3", [1, 160, 192, 1], "feed", [], null],
    ["InceptionV3?keras=3", [1, 32, 32, 3], "feed", [], null],
  ])("%s at %j in mode %s: %j", async (spec, shape, mode, departing, cause) => {
    const report = await zooReport(spec, shape, mode);
    expect(report.layers.filter(({ departs }) => departs).map(({ id }) => id)).toEqual(departing);
    expect(report.failure?.cause ?? null).toBe(cause);
  });

  test("only the first is named, not all that comes of it", async () => {
    const model = functional(
      [
        input("image", [null, 4, 4, 1]),
        ["Normalization", "colour", { axis: null, mean: [1, 2, 3], variance: [1, 1, 1] }, "image"],
        ["ReLU", "after", {}, "colour"],
      ],
      ["image"],
      ["after"],
    );
    const report = await sent(model, { image: [1, 4, 4, 1] });
    // Refused at building by tf_keras and so by us, or run and named: never silent.
    const named = report.layers.filter(({ departs }) => departs).map(({ id }) => id);
    expect(report.failure ? [report.failure.layer] : named).toEqual(["colour"]);
  });

  test("are explained, with what comes of it", async () => {
    const report = await zooReport("EfficientNetB0?keras=3", [1, 128, 128, 1], "rebuild");
    const told = explain(report).find(({ title }) => title.includes("not give what it declares"));
    expect(told?.text.join(" ")).toContain("rescaling_1 (Rescaling) declares ?×128×128×1 and gives 1×128×128×3.");
    expect(told?.text.join(" ")).toContain("stem_conv was built for the declared shape");
  });
});
