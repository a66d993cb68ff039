import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { memorySource, openModel } from "../../src/formats";
import { isObject, type JsonObject, type Report } from "../../src/model";
import { prepareModel, runProbe } from "../../src/probe";
import { type Group, savedModels } from "../models/load";
import { renamed } from "../property/rewrite";

const SEED = "1";

/** Names of layers that are words of Keras, too: writing others everywhere would change what layers do. */
const WORDS = new Set(["softmax", "linear", "image", "mean", "min", "max", "sum", "relu", "tanh", "same", "float32", "dot", "concat"]);
const other = (name: string): string => (WORDS.has(name) ? name : `x.${name}.y`);
const back = (id: string): string => id.replace(/x\.(.+?)\.y/g, "$1");

describe("what a file may list otherwise", () => {
  for (const { name, kerasMajor, groups, open } of savedModels()) {
    const group = groups.find((one): one is Group => "says" in one && one.files.includes("model.json"));
    if (!group) continue;
    const { probes } = group.says;
    it(`${name}.${kerasMajor}: the order of its layers, and their names`, async () => {
      const source = open("model.json");
      const config = JSON.parse(Buffer.from(source.read(source.main, 0, source.size(source.main))).toString()) as JsonObject;
      const rewritten = shuffled(renamed(config, other));
      const inputs = probes.map((probe) => probe.inputs);
      expect((await reports(rewritten, inputs)).map(outcome)).toEqual((await reports(config, inputs)).map(outcome));
    });
  }
});

/** A config whose functional models list their layers in another order, which the seed decides. */
function shuffled(config: JsonObject): JsonObject {
  const copy = structuredClone(config);
  const turn = ({ config: inner }: JsonObject): void => {
    if (!isObject(inner) || !Array.isArray(inner["layers"])) return;
    const layers = inner["layers"] as JsonObject[];
    const place = (layer: JsonObject): string =>
      createHash("sha1")
        .update(SEED + JSON.stringify(layer["config"]))
        .digest("hex");
    if ("input_layers" in inner) layers.sort((a, b) => (place(a) < place(b) ? -1 : 1));
    layers.forEach(turn);
  };
  turn(copy);
  return copy;
}

async function reports(config: JsonObject, probes: number[][][]): Promise<Report[]> {
  const prepared = prepareModel(await openModel(memorySource("m.json", new Map([["m.json", Buffer.from(JSON.stringify(config))]]))));
  const found: Report[] = [];
  for (const shapes of probes) {
    const inputs = Object.fromEntries(prepared.inputs.map(({ name }, index) => [name, shapes[index] as number[]]));
    found.push(await runProbe(prepared, { inputs, mode: "feed", engine: "shapes", fill: "zeros" }));
  }
  prepared.dispose();
  return found;
}

/** All that must not change. */
function outcome({ layers, failure, outputs, broadcasts, model }: Report): unknown {
  return {
    parameters: model.parameters,
    failure: failure && back(failure.layer),
    outputs: outputs.map(({ layer, shape }) => [back(layer), shape]),
    broadcasts: broadcasts.map(({ layer, kind, operands }) => [back(layer), kind, operands.map(({ stretched }) => stretched)]),
    layers: layers.map(({ id, status, output, declared, weights }) => [back(id), status, output, declared, weights]),
  };
}
