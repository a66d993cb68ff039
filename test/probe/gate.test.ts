import { describe, expect, it } from "vitest";
import { checkInput, checkRank } from "../../src/probe/gate";

const IMAGE = [null, null, null, 3];

/** [Keras, declared, tensor, open, shape in which it goes on] */
const CASES: [2 | 3, (number | null)[], number[], boolean, number[]][] = [
  [2, IMAGE, [1, 64, 64, 3], true, [1, 64, 64, 3]],
  [3, IMAGE, [1, 64, 64, 3], true, [1, 64, 64, 3]],
  [2, IMAGE, [1, 64, 64, 1], true, [1, 64, 64, 1]],
  [3, IMAGE, [1, 64, 64, 1], true, [1, 64, 64, 1]],
  [2, IMAGE, [1, 64, 64, 4], false, [1, 64, 64, 4]],
  [3, IMAGE, [1, 64, 64, 2], false, [1, 64, 64, 2]],
  [3, [null, 224, 224, 3], [1, 256, 224, 3], false, [1, 256, 224, 3]],
  // Where 1 is declared it is left out before the axes are compared: so anything may stand there.
  [2, [null, 14, 14, 1], [2, 14, 14, 3], true, [2, 14, 14, 3]],
  // Only as many axes are compared as both have; then Keras 3 asks for the rank.
  [2, IMAGE, [1, 64, 64], true, [1, 64, 64]],
  [3, IMAGE, [1, 64, 64], false, [1, 64, 64]],
  // An axis of 1 at the end is added and taken away.
  [2, [null, 7], [2, 7, 1], true, [2, 7]],
  [3, [null, 7], [2, 7, 1], true, [2, 7]],
  [3, [null, 7, 1], [2, 7], true, [2, 7, 1]],
  [2, [null, 7], [2, 8], false, [2, 8]],
  // The batch is never compared.
  [3, [4, 7], [2, 7], true, [2, 7]],
];

describe("the input check of a functional model", () => {
  it.each(CASES)("Keras %i, declared %j, tensor %j: open %s", (kerasMajor, declared, shape, open, adapted) => {
    const verdict = checkInput("x", declared, shape, kerasMajor);
    expect({ open: verdict.open, adapted: verdict.adapted }).toEqual({ open, adapted });
    if (!open) expect(verdict.message).toContain(shape.join("×"));
  });

  it("says what let an unlike shape in", () => {
    expect(checkInput("x", IMAGE, [1, 64, 64, 1], 3).message).toMatch(/x declares 3 along its last axis/);
    expect(checkInput("x", IMAGE, [1, 64, 64, 3], 3).message).toBeNull();
  });

  it("names the axis that is wrong", () => {
    expect(checkInput("x", IMAGE, [1, 64, 64, 4], 3).message).toBe("x expects ?×?×?×3, got 1×64×64×4: axis 3 is 4 where 3 is declared");
  });
});

describe("the input check of Keras 3's Sequential", () => {
  it.each([
    [[null, 14, 14, 1], [1, 16, 16, 1], true],
    [[null, 14, 14, 1], [1, 14, 14], true],
    [[null, 14, 14, 1], [1, 14], false],
  ])("declared %j, tensor %j: open %s", (declared, shape, open) => {
    expect(checkRank("x", declared, shape).open).toBe(open);
  });
});
