import { describe, expect, test } from "vitest";
import { isProbe, Recents, restoredFrom } from "../../src/extension/recents";
import type { Probe } from "../../src/model";

const probe = (size: number): Probe => ({ inputs: { x: [1, size] }, mode: "feed", engine: "shapes", fill: "zeros" });
const zoo = (spec: string) => ({ kind: "zoo", spec }) as const;

function memento(kept?: unknown) {
  const values = new Map<string, unknown>(kept === undefined ? [] : [["layerscope.recents", kept]]);
  return { get: (key: string) => values.get(key), update: async (key: string, value: unknown) => void values.set(key, value) };
}

describe("Recents", () => {
  test("lists each model once, the newest first, with its last probe", async () => {
    const recents = new Recents(memento());
    await recents.remember(zoo("A"), probe(1));
    await recents.remember(zoo("B"), null);
    await recents.remember(zoo("A"), probe(2));
    expect(recents.list()).toEqual([
      { ref: zoo("A"), probe: probe(2) },
      { ref: zoo("B"), probe: null },
    ]);
    expect(recents.probeOf(zoo("A"))).toEqual(probe(2));
    expect(recents.probeOf(zoo("C"))).toBeNull();
  });

  test("keeps the probe of a model that is opened again", async () => {
    const recents = new Recents(memento());
    await recents.remember(zoo("A"), probe(1));
    await recents.remember(zoo("A"), null);
    expect(recents.probeOf(zoo("A"))).toEqual(probe(1));
  });

  test("forgets what is older than twelve models", async () => {
    const recents = new Recents(memento());
    for (let n = 0; n < 20; n++) await recents.remember(zoo(`M${n}`), null);
    expect(recents.list().map(({ ref }) => ref)).toEqual(Array.from({ length: 12 }, (_, n) => zoo(`M${19 - n}`)));
  });

  test.each([[null], ["x"], [[null, 1, {}, { ref: {} }]], [{ ref: zoo("A") }]])("takes nothing from %j", (kept) =>
    expect(new Recents(memento(kept)).list()).toEqual([]),
  );

  test("drops a probe that is none, and keeps the model", () => {
    expect(new Recents(memento([{ ref: zoo("A"), probe: { inputs: { x: ["1"] } } }])).list()).toEqual([{ ref: zoo("A"), probe: null }]);
  });
});

test.each([
  [probe(3), true],
  [null, false],
  [{ ...probe(3), inputs: { x: [1.5] } }, false],
  [{ ...probe(3), mode: 1 }, false],
  [{ inputs: {} }, false],
])("isProbe(%j) is %s", (kept, is) => expect(isProbe(kept)).toBe(is));

test.each([
  [
    { page: {}, host: { ref: zoo("A"), probe: probe(2) } },
    { ref: zoo("A"), probe: probe(2) },
  ],
  [{ host: { ref: zoo("A"), probe: null } }, { ref: zoo("A"), probe: null }],
  [{ page: {} }, null],
  [{ host: { ref: "A" } }, null],
  [undefined, null],
])("a page that kept %j gives back %j", (state, recent) => expect(restoredFrom(state)).toEqual(recent));
