import { expect, test } from "vitest";
import { comparedLine } from "./reporter";

const some = { models: 1, probes: 3, layers: 1_200 };

test.each([
  ["nothing compared", [{ compared: undefined, isOk: true }], null],
  [
    "all equal",
    [
      { compared: some, isOk: true },
      { compared: some, isOk: true },
      { compared: undefined, isOk: false },
    ],
    "Compared with real Keras: 2 models, 6 probes, 2,400 layers: all equal.",
  ],
  [
    "a difference",
    [
      { compared: some, isOk: true },
      { compared: some, isOk: false },
    ],
    "Compared with real Keras: 2 models, 6 probes, 2,400 layers: 1 models differ.",
  ],
])("%s", (_, outcomes, line) => expect(comparedLine(outcomes)).toBe(line));
