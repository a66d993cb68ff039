import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ARGUMENT_CASES, promisedWays } from "./argument-cases";
import type { WayGolden } from "./way-cases";

/** What real Keras made of the code; see scripts/answers/arguments.mjs. */
const GOLDEN: WayGolden = JSON.parse(readFileSync("test/answers/argument-ways.json", "utf8"));

describe("calls that are offered are code that real Keras ran, with what came of it", () => {
  it.each(ARGUMENT_CASES)("$name", async (each) => {
    const ours = Object.entries(await promisedWays(each)).map(([title, { input: _, ...way }]) => [
      `${each.name}: ${title}`,
      { [title]: way },
    ]);
    const theirs = Object.entries(GOLDEN).filter(([name]) => name.startsWith(`${each.name}: `));
    expect(Object.fromEntries(ours)).toEqual(Object.fromEntries(theirs));
  });
});
