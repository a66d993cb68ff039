import { describe, expect, it } from "vitest";
import { openModel } from "../../src/formats";
import { prepareModel, runProbe } from "../../src/probe";
import { compareSaved } from "./compare-saved";
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
      const source = saved.open();
      const model = await openModel(source, answer.signature === "" ? {} : { signature: answer.signature });
      source.close();
      const prepared = prepareModel(model);
      const report = await runProbe(prepared, { inputs: answer.inputs, mode: "rebuild", engine: "shapes", fill: "ramp" });
      const outputs = model.signatures?.all.find(({ name }) => name === answer.signature)?.outputs ?? Object.keys(answer.outputs ?? {});
      const { differing } = compareSaved(report, outputs, answer);
      expect({ probe: answer.inputs, differing: differing.slice(0, MOST_LINES) }).toEqual({ probe: answer.inputs, differing: [] });
      for (const { className, message } of unknownFirst(report)) unknown.set(className, message ?? "");
      prepared.dispose();
    }
    expect(Object.fromEntries(unknown)).toEqual(UNKNOWN[saved.name] ?? {});
  });
});
