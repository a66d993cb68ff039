import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { listZoo, zooModel } from "../../src/formats";
import type { ZooFacts } from "../../src/model";
import { constructorGate } from "../../src/probe/constructor-gate";

/** Tries of real Keras: whether the function accepted these arguments. */
type Try = [includeTop: 0 | 1, weights: "imagenet" | "", height: number, width: number, channels: number, accepted: 0 | 1];

const tries = JSON.parse(gunzipSync(readFileSync(join(__dirname, "rules.json.gz"))).toString()) as {
  [generation: string]: { [name: string]: Try[] };
};
const cases = Object.entries(tries).flatMap(([generation, models]) => Object.keys(models).map((name) => [name, generation] as const));

describe("the constructor gate", () => {
  it.each(cases)("%s of Keras %s accepts and refuses what the function does", (name, generation) => {
    const zoo = zooModel(`${name}?keras=${generation}`).zoo as ZooFacts;
    const wrong = (tries[generation]?.[name] ?? []).filter(([includeTop, weights, height, width, channels, accepted]) => {
      const facts: ZooFacts = { ...zoo, includeTop: includeTop === 1, weights: weights || null };
      return constructorGate(facts, [1, height, width, channels])?.open !== (accepted === 1);
    });
    expect(wrong).toEqual([]);
  });

  it("has been tried for the whole zoo", () => {
    expect(listZoo().filter(({ name }) => !tries["2"]?.[name])).toEqual([]);
  });

  it("says what was wanted", () => {
    const zoo = zooModel("InceptionV3").zoo as ZooFacts;
    expect(constructorGate(zoo, [1, 74, 80, 3])?.message).toBe("InceptionV3 refuses input_shape=(74, 80, 3): it has to be at least 75×75");
    expect(constructorGate(zoo, [1, 96, 96, 1])?.message).toMatch(/with pretrained weights the input has to have 3 channels/);
    expect(constructorGate({ ...zoo, includeTop: true }, [1, 224, 224, 3])?.message).toMatch(/has to be 299×299×3/);
    expect(constructorGate(zoo, [1, 96, 96])).toBeNull();
  });
});
