import { describe, expect, test } from "vitest";
import { markdownText } from "../../src/cli/inspect/markdown";
import { scopeRows } from "../../src/cli/inspect/scopes";
import { summaryLines } from "../../src/cli/inspect/summary";
import { paperFor } from "../../src/cli/style";
import type { LayerReport, Report } from "../../src/model";
import { from, layer, reply, report } from "./report";

/** An operation: `name:Class`, `Conv2D` where no class is written. */
function operation(written: string, before: string | null, more: Partial<LayerReport> = {}): LayerReport {
  const [id = "", className = "Conv2D"] = written.split(":");
  return layer(id, className, [[1, 8, 8, 4]], { operation: {}, parameters: 1, inputs: before === null ? [] : [from(before)], ...more });
}

function graph(names: readonly string[], more: Partial<Report> = {}): Report {
  const ids = names.map((name) => name.split(":")[0] as string);
  const layers = names.map((name, at) => operation(name, ids[at - 1] ?? "x"));
  const model = { ...report().model, format: "saved-model" as const, layers: layers.length + 1 };
  return report({ model, layers: [layer("x", "InputLayer", [[1, 8, 8, 3]]), ...layers], broadcasts: [], outputs: [], ...more });
}

const steps = (scope: string, count: number) => Array.from({ length: count }, (_, at) => `${scope}/step_${at}`);
const written = (told: Report) => scopeRows(told).map(({ name, className, parameters }) => `${name} (${className}) ${parameters}`);

describe("a large graph has a line a scope", () => {
  test.each<[string, string[], string[]]>([
    [
      "with what is in it, or how much",
      [...steps("net/encoder", 50), "net/head/Conv2D", "net/head/BiasAdd:BiasAdd", ...steps("other", 20)],
      ["x (InputLayer) 0", "net/encoder (50 operations) 50", "net/head (Conv2D + BiasAdd) 2", "other (20 operations) 20"],
    ],
    [
      "without the scopes around all",
      [...steps("Call/model/a", 30), ...steps("Call/model/b", 30), "Call/model/out/Relu:Relu"],
      ["x (InputLayer) 0", "a (30 operations) 30", "b (30 operations) 30", "out (Relu) 1"],
    ],
    [
      "and of one that is too large a line each of those in it",
      [...steps("net/a", 30), ...steps("net/b", 30), "net/c/d", ...steps("rest", 20)],
      ["x (InputLayer) 0", "net/a (30 operations) 30", "net/b (30 operations) 30", "net/c/d (Conv2D) 1", "rest (20 operations) 20"],
    ],
    [
      "but a layer of one operation stays by itself, as Keras's summary has it",
      Array.from({ length: 50 }, (_, at) => `layer_${at}/Conv2D`),
      ["x (InputLayer) 0", ...Array.from({ length: 50 }, (_, at) => `layer_${at} (Conv2D) 1`)],
    ],
    [
      "and operations without a scope are joined where many stand in a row",
      [...Array.from({ length: 48 }, (_, at) => `op_${at}`)],
      ["x (InputLayer) 0", "op_0 … op_23 (24 operations) 24", "op_24 … op_47 (24 operations) 24"],
    ],
  ])("%s", (_, names, lines) => expect(written(graph(names))).toEqual(lines));

  test("with the class of the Keras layer that it was", () => {
    const told = graph([...steps("lstm", 30), ...steps("rest", 30)], { scopes: { lstm: "LSTM" } });
    expect(written(told)[1]).toBe("lstm (LSTM) 30");
  });

  test("which fails where one in it fails, says so, and is fed by lines", () => {
    const told = graph([...steps("a", 30), ...steps("b", 30)]);
    const layers = told.layers.map((row, at) => {
      if (row.id === "b/step_3") return { ...row, status: "failed" as const, message: "no", output: null };
      return at > 34 ? { ...row, status: "unreached" as const, output: null } : row;
    });
    const [, , b] = scopeRows({ ...told, layers, failure: { layer: "b/step_3", message: "no", cause: null } });
    expect(b).toMatchObject({ status: "failed", sources: ["a"], output: "8×8×4", notes: [{ tone: "failed", text: "step_3: no" }] });
  });

  test("and few notes", () => {
    const told = graph([...steps("a", 30), ...steps("b", 30)]);
    const layers = told.layers.map((row) => (row.id.startsWith("b/") ? { ...row, departs: true as const } : row));
    const notes = scopeRows({ ...told, layers })[2]?.notes.map(({ text }) => text);
    expect(notes).toEqual([
      "step_0: gives another shape than it declares",
      "step_1: gives another shape than it declares",
      "and 28 more like these",
    ]);
  });
});

test.each<[string, Report, number]>([
  ["a small graph", graph(steps("a", 20)), 21],
  ["a model of layers", report(), 3],
])("%s is listed whole", (_, told, lines) => expect(scopeRows(told)).toHaveLength(lines));

describe("the summary of a large graph", () => {
  const told = reply(graph([...steps("a", 30), ...steps("b", 30)]), { answers: [] });
  const piped = paperFor({ isTTY: false }, {});

  test("says how to see all, and declares nothing", () => {
    const text = summaryLines(told, [], piped).join("\n");
    expect(text).toContain("61 operations on 3 lines, by scope; --all lists every one.");
    expect(text).not.toContain("Declared");
  });

  test("lists every operation where that is asked for", () => {
    const text = summaryLines(told, [], piped, true).join("\n");
    expect(text).toContain("a/step_7 (Conv2D)");
    expect(text).not.toContain("--all");
  });

  test("is by scope in Markdown too", () => {
    expect(markdownText(told)).toContain("<summary>61 operations</summary>");
    expect(markdownText(told)).toContain("| `a` | 30 operations |");
  });
});
