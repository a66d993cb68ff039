import { describe, expect, test } from "vitest";
import { compose, prepare, subjectOf } from "../../../webview/draw/scene";
import { layOut } from "../../../webview/layout/layout";
import { neighbour } from "../../../webview/page/keys";
import { allGroups, groupsAround, openAtFirst } from "../../../webview/page/open";
import { layer, report } from "../reports";

const blocks = ["block1a", "block1b", "block2a", "block2b"].flatMap((block) =>
  ["conv", "bn", "act", "drop"].map((part) => `${block}_${part}`),
);
const names = ["in", ...blocks, "out"];
const rows = names.map((name, at) =>
  layer(name, at === 0 ? [] : [names[at - 1] ?? ""], name === "block2b_bn" ? { status: "failed", message: "no" } : {}),
);
const subject = subjectOf(report(rows, { failure: { layer: "block2b_bn", message: "no", cause: null } }));

describe("open groups", () => {
  test("groups around a layer, outermost first", () => {
    expect(groupsAround(subject.items, "block2b_bn")).toEqual(["group:block2", "group:block2b"]);
    expect(groupsAround(subject.items, "in")).toEqual([]);
    expect(groupsAround(subject.items, "gone")).toBeNull();
  });
  test("all groups", () => {
    expect(allGroups(subject.items)).toEqual([
      "group:block1",
      "group:block1a",
      "group:block1b",
      "group:block2",
      "group:block2a",
      "group:block2b",
    ]);
  });
  test("at first those that hold a mark", () => {
    expect([...openAtFirst(subject)]).toEqual(["group:block2", "group:block2b"]);
  });
  test("nested models of a small network are open", () => {
    const nested = subjectOf(
      report([layer("x"), layer("enc", ["x"], { nested: { outputs: ["enc/a"] } }), layer("enc/in"), layer("enc/a", ["enc/in"])]),
    );
    expect([...openAtFirst(nested)]).toEqual(["enc"]);
  });
});

describe("arrow keys", () => {
  const prepared = prepare(subject, openAtFirst(subject));
  const scene = compose(subject, prepared.boxes, layOut(prepared.request));
  const from = (id: string) => {
    const found = scene.boxes.find(({ box }) => box.id === id);
    if (!found) throw new Error(`${id} is not drawn`);
    return found;
  };
  test.each([
    ["in", "ArrowDown", "group:block1"],
    ["group:block1", "ArrowDown", "group:block2"],
    ["group:block2", "ArrowDown", "group:block2a"],
    ["group:block2a", "ArrowDown", "group:block2b"],
    ["group:block2b", "ArrowRight", "block2b_conv"],
    ["block2b_conv", "ArrowDown", "block2b_bn"],
    ["block2b_bn", "ArrowUp", "block2b_conv"],
    ["block2b_drop", "ArrowDown", "out"],
    ["block2b_conv", "ArrowLeft", "group:block2b"],
    ["in", "ArrowUp", null],
    ["out", "ArrowDown", null],
    ["out", "Home", "in"],
    ["in", "End", "out"],
    ["in", "x", null],
  ])("from %s, %s leads to %s", (id, key, to) => {
    expect(neighbour(scene, from(id), key)?.box.id ?? null).toBe(to);
  });
});
