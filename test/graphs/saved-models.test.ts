import { describe, expect, it } from "vitest";
import { compareSaved } from "./compare-saved";
import { probeSaved } from "./probing";
import { savedGraphs } from "./saved";
import { unknownFirst } from "./unknown";

/** That a failing test prints. */
const MOST_LINES = 20;

const BY_NUMBERS = "depends on numbers, which the engine `shapes` does not know";

/** What of each model is not known on an engine without numbers, the first operations of which it is so: what is found, and texts. */
const UNKNOWN: { readonly [model: string]: { [operation: string]: string } } = {
  detector: {
    NonMaxSuppressionV3: `NonMaxSuppressionV3: the shape of its output ${BY_NUMBERS}`,
    Unique: `Unique: the shape of its output ${BY_NUMBERS}`,
    Where: "the numbers of this tensor are needed, but the engine `shapes` knows only its shape",
  },
  words: {
    HashTableV2: "the operation HashTableV2 is not one that runs here",
    StringLower: "the operation StringLower is not one that tfjs runs",
  },
};

describe("the engine shapes gives outputs and nodes of a SavedModel the shapes that TensorFlow gives them", () => {
  it.each(savedGraphs())("$name", async (saved) => {
    const unknown = new Map<string, string>();
    for (const answer of saved.probes) {
      const { report, outputs } = await probeSaved(saved, answer, "shapes");
      const { differing } = compareSaved(report, outputs, answer);
      expect({ probe: answer.inputs, differing: differing.slice(0, MOST_LINES) }).toEqual({ probe: answer.inputs, differing: [] });
      for (const { className, message } of unknownFirst(report)) unknown.set(className, message ?? "");
    }
    expect(Object.fromEntries(unknown)).toEqual(UNKNOWN[saved.name] ?? {});
  });
});
