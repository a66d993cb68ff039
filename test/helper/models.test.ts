import { expect, test } from "vitest";
import { RecentlyUsed } from "../../src/helper/models";

function things(capacity: number) {
  const gone: string[] = [];
  const held = new RecentlyUsed<{ dispose(): void }>(capacity);
  return { gone, held, add: (name: string) => held.add({ dispose: () => gone.push(name) }) };
}

test("what was used longest ago has to go, and is disposed of", () => {
  const { gone, held, add } = things(2);
  const [a, b] = [add("a"), add("b")];
  held.get(a);
  const c = add("c");
  expect(gone).toEqual(["b"]);
  expect([held.get(a), held.get(c)]).toHaveLength(2);
  expect(() => held.get(b)).toThrow(expect.objectContaining({ kind: "evicted" }));
});

test("ids are never given twice, and removing twice does nothing", () => {
  const { gone, held, add } = things(2);
  const a = add("a");
  held.remove(a);
  held.remove(a);
  expect(gone).toEqual(["a"]);
  expect(add("b")).not.toBe(a);
});
