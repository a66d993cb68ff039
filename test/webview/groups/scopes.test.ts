import { describe, expect, test } from "vitest";
import type { LayerReport } from "../../../src/model";
import { type Group, groups, type Item } from "../../../webview/groups";
import { circles, wireUnits } from "../../../webview/groups/order";
import { cyclicItems, type WiredLayer } from "../../../webview/groups/wiring";
import { layer, report, seeded } from "../reports";

/** Operations in a row, each fed by the one before; a name may end in `:Class`. */
function chain(names: readonly string[]): LayerReport[] {
  const ids = names.map((name) => name.split(":")[0] as string);
  return names.map((name, at) => {
    const [id = "", className = "Conv2D"] = name.split(":");
    const before = ids[at - 1];
    return before === undefined ? layer(id) : layer(id, [before], { className, operation: {} });
  });
}

const kept = (item: Item): string => (item.kind === "group" ? `${item.title} (${idsIn(item).length})` : (item.title ?? item.id));
const idsIn = (item: Item): string[] => (item.kind === "layer" ? [item.id] : item.children.flatMap(idsIn));
const allGroups = (items: readonly Item[]): Group[] =>
  items.flatMap((item) => (item.kind === "group" ? [item, ...allGroups(item.children)] : []));

const keras = (block: string) =>
  ["expand/Conv2D", "expand_bn/FusedBatchNormV3:FusedBatchNormV3", "relu/Relu6:Relu6", "add/AddV2:AddV2"].map(
    (part) => `Call/model/${block}_${part}`,
  );
const scope = (name: string, count: number) => Array.from({ length: count }, (_, at) => `${name}/step_${at}/MatMul:MatMul`);

describe("a graph of operations", () => {
  test.each<[string, string[], string[]]>([
    [
      "exported by Keras is grouped as Keras's layers are, whatever scopes are around all",
      ["x", "Call/model/Conv1/Conv2D", ...["block_1", "block_2", "block_3"].flatMap(keras), "Call/model/out_relu/Relu6:Relu6"],
      ["x", "Conv1", "block_1 (4)", "block_2 (4)", "block_3 (4)", "out_relu"],
    ],
    [
      "has its scopes for groups, and what is alone in one for a layer",
      ["x", ...scope("encoder", 8), "neck/Mean:Mean", ...scope("decoder", 8)],
      ["x", "encoder (8)", "neck", "decoder (8)"],
    ],
    [
      "without useful names is cut into runs",
      ["x", ...Array.from({ length: 40 }, (_, at) => `Conv2D_${at}`)],
      ["x", "Conv2D_0 … Conv2D_15 (16)", "Conv2D_16 … Conv2D_39 (24)"],
    ],
    ["that is small is shown whole", ["x", "model/a/Conv2D", "model/b/Conv2D", "model/c/Conv2D"], ["x", "a", "b", "c"]],
  ])("%s", (_, names, titles) => expect(groups(report(chain(names))).map(kept)).toEqual(titles));

  test("an operation that is called as a scope belongs to it", () => {
    const names = ["x", ...scope("a", 8), "b/add:AddV2", "b/add/y:Mul", "b/z:Mul", ...scope("c", 8)];
    const found = allGroups(groups(report(chain(names)))).find(({ title }) => title === "add");
    expect(found && idsIn(found)).toEqual(["b/add", "b/add/y"]);
  });

  test("a scope that was a Keras layer has its class", () => {
    const rows = chain(["x", ...scope("a", 8), ...scope("b", 8)]);
    const [, a, b] = groups(report(rows, { scopes: { a: "LSTM" } }));
    expect([(a as Group).className, (b as Group).className]).toEqual(["LSTM", undefined]);
  });

  test("inside a nested model its scopes are named from there", () => {
    const rows = [
      layer("image"),
      layer("hub", ["image"], { className: "KerasLayer", nested: { outputs: ["hub/b/step_7/MatMul"] } }),
      ...chain(["x", ...scope("a", 8), ...scope("b", 8)]).map((row) => ({
        ...row,
        id: `hub/${row.id}`,
        inputs: row.inputs.map((input) => ({ ...input, layer: `hub/${input.layer}` })),
      })),
    ];
    const hub = groups(report(rows)).find((item) => item.id === "hub") as Group;
    expect(hub.children.map(kept)).toEqual(["hub/x", "a (8)", "b (8)"].map((title) => title.replace("hub/", "")));
  });

  test("scopes that feed each other in a circle are taken apart", () => {
    const names = ["x", ...scope("a", 6), ...scope("b", 6), ...scope("a/again", 6), ...scope("c", 6)];
    const items = groups(report(chain(names)));
    expect(allGroups(items).map(({ title }) => title)).not.toContain("a");
    expect(items.flatMap(idsIn).toSorted()).toEqual(names.map((name) => name.split(":")[0]).toSorted());
  });

  test("ten thousand operations make few items", () => {
    const rows = chain(["x", ...Array.from({ length: 10_000 }, (_, at) => `net/block_${Math.floor(at / 12)}/conv_${at}/Conv2D`)]);
    const items = groups(report(rows));
    expect(items.length).toBeLessThanOrEqual(120);
    expect(items.flatMap(idsIn)).toHaveLength(10_001);
  });
});

/** A graph of operations with names and wires by chance. */
function randomRows(seed: number): LayerReport[] {
  const random = seeded(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const ids = ["x"];
  const rows = [layer("x")];
  for (let at = 1; at < 120; at++) {
    const id = [
      pick(["", "net/", "net/head/"]),
      pick(["a/", "b/", "block_1/", "block_2/", ""]),
      `${pick(["Relu", "conv", "add"])}_${at}`,
    ].join("");
    const sources = [ids.at(-1), random() < 0.4 ? pick(ids) : undefined].filter((source): source is string => source !== undefined);
    rows.push(layer(id, [...new Set(sources)], { className: pick(["Relu", "Conv2D", "AddV2"]), operation: {} }));
    ids.push(id);
  }
  return rows;
}

function wiredOf(rows: readonly LayerReport[]): WiredLayer[] {
  const place = new Map(rows.map(({ id }, at) => [id, at]));
  const wired: WiredLayer[] = rows.map(({ id, className }) => ({ id, name: id, className, producers: [], consumers: [] }));
  for (const [at, { inputs }] of rows.entries()) {
    for (const input of inputs) {
      const from = place.get(input.layer) as number;
      wired[at]?.producers.push(from);
      wired[from]?.consumers.push(at);
    }
  }
  return wired;
}

describe("whatever the graph is", () => {
  test.each(Array.from({ length: 40 }, (_, seed) => seed))(
    "seed %i: every operation is in one place, ids are unique, no level has a circle",
    (seed) => {
      const rows = randomRows(seed);
      const items = groups(report(rows));
      expect(items.flatMap(idsIn).toSorted()).toEqual(rows.map(({ id }) => id).toSorted());
      const found = allGroups(items);
      expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
      const wired = wiredOf(rows);
      const place = new Map(rows.map(({ id }, at) => [id, at]));
      for (const level of [items, ...found.map(({ children }) => children)]) {
        const itemAt = new Map(level.flatMap((item) => idsIn(item).map((id) => [place.get(id) as number, item] as const)));
        expect([...cyclicItems(wired, (at) => itemAt.get(at))].map(kept)).toEqual([]);
      }
    },
  );
});

describe("units", () => {
  const rows = wiredOf([layer("a"), layer("b", ["a"]), layer("c", ["b"]), layer("d", ["c"])]);
  const unit = (...members: number[]) => ({ title: members.join(), className: "", members });

  test("are put after those that feed them", () => {
    const { ordered, wired } = wireUnits(rows, [unit(2, 3), unit(1), unit(0)]);
    expect(ordered.map(({ title }) => title)).toEqual(["0", "1", "2,3"]);
    expect(wired.map(({ producers }) => producers)).toEqual([[], [0], [1]]);
  });

  test.each<[string, number[][], number[][]]>([
    [
      "none",
      [
        [0, 1],
        [2, 3],
      ],
      [],
    ],
    ["one", [[0, 2], [1], [3]], [[0, 1]]],
    [
      "all",
      [
        [0, 2],
        [1, 3],
      ],
      [[0, 1]],
    ],
  ])("%s of them feed each other in circles", (_, members, expected) => {
    const found = circles(rows, members.map((each) => unit(...each))); // biome-ignore format: one line
    expect(found.map((circle) => circle.toSorted())).toEqual(expected);
  });
});
