import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { EDIT_CASES, type EditGolden, editTold } from "./edit-cases";

/** Made by `node scripts/answers/edits.mjs --record`, which runs every snippet under real Keras. */
const GOLDEN = JSON.parse(readFileSync(join(__dirname, "edits.json"), "utf8")) as EditGolden;

describe("every edited model has the output and the parameters that its code has under real Keras", () => {
  it.each(EDIT_CASES)("$name ($kerasMajor)", async (each) => {
    expect(await editTold(each)).toEqual(GOLDEN[each.name]);
  });

  it("of each case that there is, and no other", () => {
    expect(Object.keys(GOLDEN).sort()).toEqual(EDIT_CASES.map(({ name }) => name).sort());
  });
});
