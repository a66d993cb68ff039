import { describe, expect, it, type TestContext } from "vitest";
import { openModel, type Source } from "../../src/formats";
import { prepareModel } from "../../src/probe";
import { type Group, savedModels } from "../models/load";
import { noteCompared } from "./compared";
import { compareModel } from "./models-compare";

describe("models that people build, saved by real Keras", () => {
  for (const { name, kerasMajor, groups, open } of savedModels()) {
    for (const group of groups) {
      it.for(group.files)(`${name}.${kerasMajor} %s`, async (file, { task }) => {
        if ("subclassed" in group) return expect(openModel(open(file))).rejects.toThrow(group.subclassed);
        expect(await differencesOf(group, open(file), task)).toEqual([]);
      });
    }
  }
});

async function differencesOf({ says, unknown }: Group, source: Source, task: TestContext["task"]): Promise<string[]> {
  const prepared = prepareModel(await openModel(source));
  try {
    const { differences, layers } = await compareModel(prepared, says, unknown);
    noteCompared(task, says.probes.length, layers);
    return differences;
  } finally {
    prepared.dispose();
  }
}
