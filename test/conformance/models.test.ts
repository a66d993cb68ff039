import { describe, expect, it } from "vitest";
import { openModel } from "../../src/formats";
import { prepareModel } from "../../src/probe";
import { type Group, savedModels } from "../models/load";
import { compareModel } from "./models-compare";

describe("models that people build, saved by real Keras", () => {
  for (const { name, kerasMajor, groups, open } of savedModels()) {
    for (const group of groups) {
      it.each(group.files)(`${name}.${kerasMajor} %s`, async (file) => {
        if ("subclassed" in group) return expect(openModel(open(file))).rejects.toThrow(group.subclassed);
        expect(await differencesOf(group, open(file))).toEqual([]);
      });
    }
  }
});

async function differencesOf({ says, unknown }: Group, source: Parameters<typeof openModel>[0]): Promise<string[]> {
  const prepared = prepareModel(await openModel(source));
  try {
    return (await compareModel(prepared, says, unknown)).differences;
  } finally {
    prepared.dispose();
  }
}
