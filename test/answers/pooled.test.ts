import { describe, expect, it } from "vitest";
import { explain } from "../../src/answers";
import { findPoolings } from "../../src/answers/report/pooled";
import { zooModel } from "../../src/formats";
import type { LayerReport, Report } from "../../src/model";
import { prepareModel, runProbe } from "../../src/probe";

async function zooReport(spec: string, shape: number[]): Promise<Report> {
  const prepared = prepareModel(zooModel(spec));
  const inputs = { [prepared.inputs[0]?.name ?? ""]: shape };
  const report = await runProbe(prepared, { inputs, mode: "feed", engine: "shapes", fill: "zeros" });
  prepared.dispose();
  return report;
}

/** [model, tensor, pooling layers, from, whether the output is the pooled vector] */
const ZOO: [string, number[], string[], number[], boolean][] = [
  ["MobileNetV2?pooling=avg", [1, 224, 128, 3], ["global_average_pooling2d"], [1, 7, 4, 1280], true],
  ["MobileNetV2?pooling=max", [2, 96, 96, 3], ["global_max_pooling2d"], [2, 3, 3, 1280], true],
  ["MobileNetV2?pooling=avg", [1, 32, 32, 3], ["global_average_pooling2d"], [1, 1, 1, 1280], true],
  ["MobileNetV2?include_top=true", [1, 224, 224, 3], ["global_average_pooling2d"], [1, 7, 7, 1280], false],
  ["MobileNetV3Small?include_top=true", [1, 224, 224, 3], ["global_average_pooling2d"], [1, 7, 7, 576], false],
  // Flattened, not pooled; and features with positions, of squeeze-and-excite gates that pool inside, also where only one position is left.
  ["VGG16?include_top=true", [1, 224, 224, 3], [], [], false],
  ["MobileNetV2", [1, 208, 104, 3], [], [], false],
  ["EfficientNetB0", [1, 64, 64, 3], [], [], false],
  ["EfficientNetB0", [1, 32, 32, 3], [], [], false],
];

/** An operation and what it gives; what comes in is what the ones named in `reads` give. */
type Node = [id: string, className: string, output: number[], reads: string[]];

function graphReport(nodes: readonly Node[], outputs: readonly string[]): Report {
  const shapes = new Map(nodes.map(([id, , output]) => [id, output]));
  const layers = nodes.map(([id, className, output, reads]): LayerReport => {
    const inputs = reads.map((layer) => ({ layer, call: 0, output: 0, shape: shapes.get(layer) ?? null }));
    const parameters = /Conv|MatMul/.test(className) ? 10 : 0;
    return { id, className, status: "ok", declared: null, output: [output], parameters, inputs, weights: [], operation: {} };
  });
  const model = { name: "graph", format: "saved-model" as const, producer: null, layers: layers.length, parameters: 0, inputs: [] };
  return {
    schema: 1,
    model,
    probe: { inputs: {}, mode: "feed", engine: "shapes", fill: "zeros" },
    gates: [],
    layers,
    broadcasts: [],
    misfits: [],
    failure: null,
    outputs: outputs.map((layer) => ({ layer, shape: shapes.get(layer) as number[] })),
  };
}

const FEATURES: Node = ["features", "Relu6", [1, 7, 4, 1280], []];

/** [what, operations, outputs, pooling layers, from] */
const GRAPHS: [string, Node[], string[], string[], number[]][] = [
  ["a mean over the positions", [FEATURES, ["m", "Mean", [1, 1280], ["features"]]], ["m"], ["m"], [1, 7, 4, 1280]],
  [
    "one that keeps the axes, reshaped, and classes behind it",
    [
      FEATURES,
      ["m", "Mean", [1, 1, 1, 1280], ["features"]],
      ["s", "Shape", [4], ["m"]],
      ["p", "Pack", [2], ["s"]],
      ["r", "Reshape", [1, 1280], ["m", "p"]],
      ["d", "_FusedMatMul", [1, 10], ["r"]],
    ],
    ["d"],
    ["m"],
    [1, 7, 4, 1280],
  ],
  [
    "a window as large as the image",
    [FEATURES, ["a", "AvgPool", [1, 1, 1, 1280], ["features"]], ["q", "Squeeze", [1, 1280], ["a"]]],
    ["q"],
    ["a"],
    [1, 7, 4, 1280],
  ],
  [
    "channels first",
    [
      ["f", "Relu", [1, 512, 7, 7], []],
      ["x", "Max", [1, 512], ["f"]],
    ],
    ["x"],
    ["x"],
    [1, 512, 7, 7],
  ],
  [
    "one axis after the other",
    [FEATURES, ["h", "Mean", [1, 4, 1280], ["features"]], ["w", "Mean", [1, 1280], ["h"]]],
    ["w"],
    ["w"],
    [1, 7, 4, 1280],
  ],
  [
    "mean and maximum side by side",
    [FEATURES, ["m", "Mean", [1, 1280], ["features"]], ["x", "Max", [1, 1280], ["features"]], ["c", "ConcatV2", [1, 2560], ["m", "x"]]],
    ["c"],
    ["m", "x"],
    [1, 7, 4, 1280],
  ],
  ["features with positions", [FEATURES, ["r", "Relu", [1, 7, 4, 1280], ["features"]]], ["r"], [], []],
  ["a flattened image", [FEATURES, ["r", "Reshape", [1, 35840], ["features"]], ["d", "MatMul", [1, 10], ["r"]]], ["d"], [], []],
  ["a convolution as large as the image", [FEATURES, ["c", "Conv2D", [1, 1, 1, 10], ["features"]]], ["c"], [], []],
  ["a mean over the channels", [FEATURES, ["m", "Mean", [1, 7, 4], ["features"]]], ["m"], [], []],
  ["a mean over all", [FEATURES, ["m", "Mean", [1], ["features"]]], ["m"], [], []],
  [
    "a way around the pooling",
    [
      FEATURES,
      ["m", "Mean", [1, 10], ["features"]],
      ["f", "Reshape", [1, 35840], ["features"]],
      ["d", "MatMul", [1, 10], ["f"]],
      ["a", "AddV2", [1, 10], ["m", "d"]],
    ],
    ["a"],
    [],
    [],
  ],
  [
    "a softmax by hand",
    [
      ["x", "MatMul", [1, 10], []],
      ["m", "Max", [1, 1], ["x"]],
      ["s", "Sub", [1, 10], ["x", "m"]],
    ],
    ["s"],
    [],
    [],
  ],
];

describe("where a model pools before it ends", () => {
  it.each(ZOO)("%s at %j", async (spec, shape, layers, from, isOutput) => {
    const found = findPoolings(await zooReport(spec, shape));
    expect(found.map(({ layer }) => layer)).toEqual(layers);
    for (const pooling of found) expect(pooling).toMatchObject({ from, isOutput });
  });

  it.each(GRAPHS)("a graph with %s", (_, nodes, outputs, layers, from) => {
    const found = findPoolings(graphReport(nodes, outputs));
    expect(found.map(({ layer }) => layer).toSorted()).toEqual(layers);
    for (const pooling of found) expect(pooling.from).toEqual(from);
  });

  it("is said in a sentence with both shapes", () => {
    const [answer] = explain(graphReport([FEATURES, ["head/Mean", "Mean", [1, 1280], ["features"]]], ["head/Mean"]));
    expect(answer?.text[0]).toBe("Already pooled inside, at head (Mean): 1×7×4×1280 → 1×1280, the average over 7×4 positions.");
  });
});
