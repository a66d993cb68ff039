import { describe, expect, test } from "vitest";
import { flatten } from "../../../webview/graph/flat";
import { markedLayers, summarize } from "../../../webview/graph/summary";
import { visibleGraph } from "../../../webview/graph/visible";
import { groups } from "../../../webview/groups";
import { layer, report } from "../reports";

const nested = report([
  layer("x"),
  layer("y"),
  layer("enc", ["x", "y"], { className: "Functional", parameters: 9, nested: { outputs: ["enc/b", "enc/a"] } }),
  layer("enc/in"),
  layer("enc/in2"),
  layer("enc/a", ["enc/in"], { parameters: 4 }),
  layer("enc/b", ["enc/in2"], { parameters: 5 }),
  layer("end", [], {
    className: "Add",
    inputs: [
      { layer: "enc", call: 0, output: 0, shape: null },
      { layer: "enc", call: 0, output: 1, shape: null },
    ],
  }),
]);

describe("flatten", () => {
  test("looks through nested models at both ends", () => {
    const { edges, rows } = flatten(nested);
    expect(edges.map(({ from, to }) => `${from} → ${to}`)).toEqual([
      "x → enc/in",
      "y → enc/in2",
      "enc/in → enc/a",
      "enc/in2 → enc/b",
      "enc/b → end",
      "enc/a → end",
    ]);
    expect(rows.has("enc")).toBe(false);
  });

  test("follows the further calls of a shared layer", () => {
    const shared = report([
      layer("a"),
      layer("b"),
      layer("s", ["a"], { furtherCalls: [{ inputs: [{ layer: "b", call: 0, output: 0, shape: null }], status: "ok", output: null }] }),
    ]);
    expect(flatten(shared).edges.map(({ from }) => from)).toEqual(["a", "b"]);
    expect([...flatten(shared).calls]).toEqual([["s", 2]]);
  });

  test("counts the calls of a shared nested model once, not for each of its layers", () => {
    const furtherCalls = [{ inputs: [], status: "ok" as const, output: null }];
    const shared = report([layer("enc", [], { nested: { outputs: ["enc/a"] }, furtherCalls }), layer("enc/a", [], { furtherCalls })]);
    expect([...flatten(shared).calls]).toEqual([["enc", 2]]);
  });

  test("leaves out inputs that no row has", () => {
    expect(flatten(report([layer("a", ["gone"])])).edges).toEqual([]);
  });
});

describe("visibleGraph", () => {
  const items = groups(nested);
  test("a closed group hides its layers and joins their edges", () => {
    const { boxes, edges } = visibleGraph(nested, items, flatten(nested), new Set());
    expect(boxes.map((box) => `${box.kind} ${box.id}`)).toEqual(["layer x", "layer y", "card enc", "layer end"]);
    expect(edges.map(({ from, to }) => `${from} → ${to}`)).toEqual(["x → enc", "y → enc", "enc → end"]);
  });
  test("an open group is a frame around its layers", () => {
    const { boxes, edges } = visibleGraph(nested, items, flatten(nested), new Set(["enc"]));
    expect(boxes[2]).toMatchObject({ kind: "frame", children: [{ id: "enc/in", name: "in" }, {}, {}, {}] });
    expect(edges).toHaveLength(6);
  });
});

describe("summarize", () => {
  const [, , group] = groups(nested);
  test("counts layers and parameters once", () => {
    if (group?.kind !== "group") throw new Error("no group");
    expect(summarize(group, flatten(nested), new Set(["enc/a"]))).toMatchObject({
      layers: 4,
      parameters: 9,
      status: "ok",
      marks: ["enc/a"],
    });
  });
  test.each([
    ["scalar", false],
    ["expands-activation", true],
  ] as const)("a broadcast of kind %s marks its layer: %s", (kind, marked) => {
    const operands = [{ shape: [1], stretched: [0], role: "activation" as const, name: null }];
    const made = report([layer("a")], { broadcasts: [{ layer: "a", operation: "Sub", operands, output: [3], kind }] });
    expect(markedLayers(made).has("a")).toBe(marked);
  });
});
