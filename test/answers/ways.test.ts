import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { WAY_CASES, type WayGolden, waysTold } from "./way-cases";

/** What real Keras made of the code; see scripts/answers/ways.mjs. */
const GOLDEN: WayGolden = JSON.parse(readFileSync("test/answers/ways.json", "utf8"));

describe("what may be done is code that real Keras ran, with what came of it", () => {
  it.each(WAY_CASES)("$name", async (each) => {
    expect(await waysTold(each)).toEqual(GOLDEN[each.name]);
  });
});
