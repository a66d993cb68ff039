import { describe, expect, test } from "vitest";
import { type Group, groups, parentOf } from "../../../webview/groups";
import { cyclicItems, layersBetween, passedByAll, type WiredLayer } from "../../../webview/groups/wiring";
import { layer, report } from "../reports";

const chain = (names: readonly string[]) => names.map((name, at) => layer(name, at === 0 ? [] : [names[at - 1] ?? ""]));
const block = (name: string) => ["a", "b", "c", "d"].map((part) => `${name}_${part}`);

describe("groups", () => {
  test("leaves small networks alone", () => {
    expect(groups(report(chain(["in", "block1_a", "block1_b", "block1_c"]))).every((item) => item.kind === "layer")).toBe(true);
  });

  test("does not group what is interleaved with other names", () => {
    const names = ["in", "left_1_a", "right_1_a", "left_1_b", "right_1_b", "left_1_c", "right_1_c", ...block("end2"), ...block("end3")];
    const titles = groups(report(chain(names))).flatMap((item) => (item.kind === "group" ? [item.title] : []));
    expect(titles).toEqual(["end2", "end3"]);
  });

  test("a name with markup is only a name", () => {
    const names = ["in", ...block("<b>1"), ...block("</i>2"), ...block("x&3")];
    expect(groups(report(chain(names))).flatMap((item) => (item.kind === "group" ? [item.title] : []))).toEqual(["<b>1", "</i>2", "x&3"]);
  });

  test("a nested model is a group with its own layers inside", () => {
    const inner = ["enc/in", "enc/conv", "enc/out"].map((id, at) => layer(id, at === 0 ? [] : [["enc/in", "enc/conv"][at - 1] ?? ""]));
    const rows = [
      layer("x"),
      layer("enc", ["x"], { className: "Functional", nested: { outputs: ["enc/out"] } }),
      ...inner,
      layer("y", ["enc"]),
    ];
    const [, nested, last] = groups(report(rows));
    expect(nested).toMatchObject({ kind: "group", id: "enc", origin: "nested" } satisfies Partial<Group>);
    expect((nested as Group).children.map((item) => item.id)).toEqual(["enc/in", "enc/conv", "enc/out"]);
    expect(last).toEqual({ kind: "layer", id: "y" });
  });

  test("a slash in a name does not make a nested model", () => {
    expect(parentOf("conv1/conv", new Set(["enc"]))).toBe("");
    expect(parentOf("enc/deep/x", new Set(["enc", "enc/deep"]))).toBe("enc/deep");
  });
});

/** Layers from pairs of places. */
function wired(count: number, pairs: readonly [number, number][]): WiredLayer[] {
  return Array.from({ length: count }, (_, at) => ({
    id: `${at}`,
    name: `${at}`,
    className: "X",
    producers: pairs.filter(([, to]) => to === at).map(([from]) => from),
    consumers: pairs.filter(([from]) => from === at).map(([, to]) => to),
  }));
}

describe("wiring", () => {
  const diamond = wired(5, [[0, 1], [0, 2], [1, 3], [2, 3], [3, 4]]); // biome-ignore format: one line a graph

  test.each([
    [
      [0, 3],
      [1, 2],
    ],
    [[1, 3], []],
    [
      [0, 4],
      [1, 2, 3],
    ],
  ])("between %j lie %j", (members, expected) => {
    expect(layersBetween(diamond, new Set(members))).toEqual(expected);
  });

  test("all paths of a diamond run through its ends", () => {
    expect([...passedByAll(diamond)]).toEqual([0, 3, 4]);
  });

  test("a group that feeds itself through a layer outside is cyclic", () => {
    const cyclic = cyclicItems<string>(diamond, (at) => (at === 0 || at === 3 ? "group" : `${at}`));
    expect(cyclic.has("group")).toBe(true);
    expect(cyclicItems(diamond, (at) => at).size).toBe(0);
  });
});
