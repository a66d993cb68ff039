import { describe, expect, it } from "vitest";
import { explain, headline } from "../../src/answers";
import type { Broadcast, LayerReport, Report } from "../../src/model";

const AROUND = "StatefulPartitionedCall/model_1";

/** Operations in a row, each in a scope of its own. */
function graph(more: Partial<Report>): Report {
  const layers = Array.from({ length: 12 }, (_, at): LayerReport => {
    const inputs = at === 0 ? [] : [{ layer: `${AROUND}/conv_${at - 1}/Conv2D`, call: 0, output: 0, shape: [1, 8, 8, 1] }];
    const id = `${AROUND}/conv_${at}/Conv2D`;
    return {
      id,
      className: "Conv2D",
      status: "ok",
      declared: null,
      output: [[1, 8, 8, 3]],
      parameters: 0,
      inputs,
      weights: [],
      operation: {},
    };
  });
  const model = { name: "g", format: "saved-model" as const, producer: null, layers: 12, parameters: 0, inputs: [] };
  const empty = { gates: [], broadcasts: [], misfits: [], failure: null, outputs: [] };
  return { schema: 1, model, probe: { inputs: {}, mode: "feed", engine: "shapes", fill: "zeros" }, ...empty, layers, ...more };
}

const stretch = (at: number): Broadcast => ({
  layer: `${AROUND}/conv_${at}/Conv2D`,
  operation: "Sub",
  operands: [
    { shape: [1, 8, 8, 1], stretched: [3], role: "activation", name: null },
    { shape: [3], stretched: [0, 1, 2], role: "constant", name: "mean" },
  ],
  output: [1, 8, 8, 3],
  kind: "expands-activation",
});

describe("of a graph", () => {
  it("a failure is told without the scopes around all, and in the graph's order", () => {
    const report = graph({ failure: { layer: `${AROUND}/conv_7/Conv2D`, message: "too small", cause: `${AROUND}/conv_2/Conv2D` } });
    expect(headline(report).text).toBe("Fails at conv_7: too small");
    const [answer] = explain(report);
    expect(answer?.title).toBe("Why does it fail at conv_7?");
    expect(answer?.text).toEqual([
      "conv_7 (Conv2D): too small.",
      "It was given 1×8×8×1 from conv_6.",
      "The place to look at is conv_2, which makes 1×8×8×3 of 1×8×8×1.",
      "12 operations ran before it; those after it in the order of the graph never get anything.",
    ]);
  });

  it("the first broadcasts are explained, the others named", () => {
    const report = graph({ broadcasts: Array.from({ length: 12 }, (_, at) => stretch(at)) });
    expect(headline(report).text).toContain("1 → 3 channels at conv_0 and 11 more");
    const answers = explain(report);
    expect(answers.slice(0, 3).map(({ title }) => title)).toEqual([0, 1, 2].map((at) => `Why does conv_${at} accept this tensor?`));
    expect(answers.at(3)).toEqual({
      title: "Where else does broadcasting change a shape?",
      text: ["At conv_3 (Sub), conv_4 (Sub), conv_5 (Sub), conv_6 (Sub), conv_7 (Sub), conv_8 (Sub), and 3 more."],
    });
  });
});
