import { describe, expect, it } from "vitest";
import { memorySource, openModel } from "../../src/formats";
import type { Json, Report } from "../../src/model";
import { prepareModel, runProbe } from "../../src/probe";

/** A model of two inputs, a (of 3 numbers) and b (of 2), in this structure; what reads them takes any size. */
function modelWith(structure: Json, version: string): Json {
  const input = (name: string, size: number) => ({
    class_name: "InputLayer",
    config: { name, batch_shape: [null, size], dtype: "float32" },
    name,
    inbound_nodes: [],
  });
  const layers = [input("a", 3), input("b", 2)];
  return {
    class_name: "Functional",
    keras_version: version,
    config: {
      name: "m",
      layers,
      input_layers: structure,
      output_layers: [
        ["a", 0, 0],
        ["b", 0, 0],
      ],
    },
  };
}

async function report(structure: Json, version: string, inputs: { [name: string]: number[] }): Promise<Report> {
  const text = JSON.stringify(modelWith(structure, version));
  const prepared = prepareModel(await openModel(memorySource("m.json", new Map([["m.json", Buffer.from(text)]]))));
  try {
    return await runProbe(prepared, { inputs, mode: "feed", engine: "shapes", fill: "zeros" });
  } finally {
    prepared.dispose();
  }
}

const A = ["a", 0, 0];
const B = ["b", 0, 0];

describe("the input check of a model whose inputs lie in structures", () => {
  // Asked of tf_keras 2.21 and Keras 3.15.1: scripts/models/structure.py, nested_structures.
  it.each<[structure: Json, isOpenIn2: boolean, isOpenIn3: boolean]>([
    [[A, B], false, false],
    [{ x: A, y: B }, false, false],
    [{ x: [A, B] }, true, true],
    [[[A, B]], true, false],
  ])("%j: a wrong size passes in tf_keras: %s, in Keras 3: %s", async (structure, isOpenIn2, isOpenIn3) => {
    const sizes = { a: [1, 4], b: [1, 2] };
    const open = async (version: string): Promise<boolean | undefined> =>
      (await report(structure, version, sizes)).gates.find(({ gate }) => gate === "input")?.open;
    expect([await open("2.21.0"), await open("3.15.1")]).toEqual([isOpenIn2, isOpenIn3]);
  });

  it("still wants the declared rank in Keras 3", async () => {
    const { failure } = await report({ x: [A, B] }, "3.15.1", { a: [1, 3, 4], b: [1, 2] });
    expect(failure?.layer).toBe("(input)");
  });
});
