import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { listZoo } from "../../src/formats";
import { type CatalogueRow, zooCatalogue } from "../../src/formats/zoo/catalogue";
import { type ConstructorRule, constructorRefusal } from "../../src/model";
import { type AskedCall, callOf } from "./asked-call";

/** Written by scripts/answers/rules.py. */
const golden = JSON.parse(gunzipSync(readFileSync(join(__dirname, "arguments.json.gz"))).toString()) as {
  calls: AskedCall[];
  /** By generation and model a letter a call. */
  verdicts: { [generation: string]: { [name: string]: string } };
};

const LETTERS: { readonly [rule in ConstructorRule]: string } = {
  "unknown argument": "u",
  classes: "k",
  "width of the tensor": "w",
  "open sizes": "s",
  "default size": "t",
  channels: "c",
  minimum: "m",
  "open sizes with top": "o",
  "depth multiplier": "d",
  alpha: "a",
  activation: "f",
};

const cases = Object.entries(golden.verdicts).flatMap(([generation, models]) =>
  Object.keys(models).map((name) => [name, generation] as const),
);

describe("what the functions of Keras Applications refuse, and by which rule", () => {
  it.each(cases)("%s of Keras %s", (name, generation) => {
    const facts = zooCatalogue().models[name]?.[generation as "3"] as CatalogueRow;
    const zoo = { architecture: name, ...facts };
    const verdicts = golden.verdicts[generation]?.[name] ?? "";
    const wrong = golden.calls.flatMap((asked, index) => {
      const refusal = constructorRefusal(zoo, callOf(asked));
      const ours = refusal ? LETTERS[refusal.rule] : "-";
      return ours === verdicts[index] ? [] : [{ asked, ours, keras: verdicts[index] }];
    });
    expect(wrong).toEqual([]);
  });

  it("is asked of every model, and met every rule", () => {
    const names = { "2": listZoo(), "3": listZoo().filter(({ generations }) => generations.includes("3")) };
    for (const [generation, models] of Object.entries(names))
      expect(Object.keys(golden.verdicts[generation] ?? {}).sort()).toEqual(models.map(({ name }) => name).sort());
    const met = new Set(Object.values(golden.verdicts).flatMap((models) => Object.values(models).flatMap((verdicts) => [...verdicts])));
    expect([...met].sort()).toEqual(["-", ...Object.values(LETTERS)].sort());
  });
});
