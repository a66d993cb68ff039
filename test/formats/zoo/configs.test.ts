import { describe, expect, test } from "vitest";
import { zooModel } from "../../../src/formats";
import { zooConfig } from "../../../src/formats/zoo/configs";
import { parseZooSpec } from "../../../src/formats/zoo/spec";
import { golden, goldenNames, hashJson } from "../../golden/load";

describe("the zoo holds what real Keras built", () => {
  test.each(goldenNames().map((name) => [name.spec, name] as const))("%s", (spec, { architecture, generation, includeTop }) => {
    const answer = golden(architecture, generation, includeTop);
    expect(hashJson(zooConfig(parseZooSpec(spec)))).toBe(answer.configHash);
    const { network, producer } = zooModel(spec);
    expect(network.name).toBe(answer.model);
    expect(producer).toBe(`keras ${answer.version}`);
    const own = new Set(answer.layers.map((layer) => layer.name));
    expect(network.layers.map((layer) => layer.name).filter((name) => own.has(name))).toEqual(answer.layers.map((layer) => layer.name));
  });
});
