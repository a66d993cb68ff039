import { describe, expect, it, type TestContext } from "vitest";
import { openModel, type Source } from "../../src/formats";
import { type PreparedModel, prepareModel } from "../../src/probe";
import { type Group, savedModels } from "../models/load";
import { noteCompared } from "./compared";
import { compareModel } from "./models-compare";

describe("models that people build, saved by real Keras", () => {
  for (const { name, kerasMajor, groups, open } of savedModels()) {
    for (const group of groups) {
      it.for(group.files)(`${name}.${kerasMajor} %s`, async (file, { task }) => {
        if ("refused" in group) return expect(prepared(open(file))).rejects.toThrow(REFUSALS[group.refused]);
        expect(await differencesOf(group, open(file), task)).toEqual([]);
      });
    }
  }
});

/** What is said of a model through which nothing can be sent. */
const REFUSALS = {
  subclassed: /cannot be opened: its model is of class "\w+", whose layers are in Python code and not in the file/,
  unbuilt: /^The input \w+ does not say its shape, so nothing can be sent through the model\.$/,
};

async function prepared(source: Source): Promise<PreparedModel> {
  return prepareModel(await openModel(source));
}

async function differencesOf({ says, unknown }: Group, source: Source, task: TestContext["task"]): Promise<string[]> {
  const model = await prepared(source);
  const { differences, layers } = await compareModel(model, says, unknown);
  model.dispose();
  noteCompared(task, says.probes.length, layers);
  return differences;
}
