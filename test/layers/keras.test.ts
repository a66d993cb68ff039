import { describe, expect, it, type TestContext } from "vitest";
import { parseKerasDocument } from "../../src/formats/keras/document";
import { knownClasses } from "../../src/layers";
import { isObject, type Json, type Model, type Report } from "../../src/model";
import { type PreparedModel, prepareModel, runProbe } from "../../src/probe";
import { differ } from "../conformance/compare";
import { noteCompared } from "../conformance/compared";
import { type LayerCase, layerCases } from "./load";

const VERSIONS = { 2: "2.21.0", 3: "3.15.1" } as const;

/** Row by row: nothing of a class is right until real Keras says the same. */
describe.each([2, 3] as const)("Keras %i's layers", (kerasMajor) => {
  it.for(layerCases("layers", kerasMajor))("$name", (keras, { task }) => expectAgreement(keras, kerasMajor, task));
});

describe.each([2, 3] as const)("operations in models of Keras %i", (kerasMajor) => {
  it.for(layerCases("operations", kerasMajor))("$name", (keras, { task }) => expectAgreement(keras, kerasMajor, task));
});

/** An .h5 leaves out where a class comes from. */
describe("operations in an .h5 of Keras 3", () => {
  it.for(layerCases("operations", 3))("$name", async (keras, { task }) => {
    const bare = { ...keras, config: withoutModules(keras.config) as Json };
    const counts = [keras, bare].map((one) => prepareModel(modelOf(one, 3)).layers);
    expect(counts).toEqual([counts[0], counts[0]]);
    await expectAgreement(bare, 3, task);
  });
});

function withoutModules(json: Json): Json {
  if (Array.isArray(json)) return json.map(withoutModules);
  if (!isObject(json)) return json;
  const kept = Object.entries(json).filter(([key]) => key !== "module" && key !== "registered_name");
  return Object.fromEntries(kept.map(([key, value]) => [key, withoutModules(value)]));
}

async function expectAgreement(keras: LayerCase, kerasMajor: 2 | 3, task: TestContext["task"]): Promise<void> {
  noteCompared(task, keras.probes.length, keras.probes.length);
  const prepared = prepareModel(modelOf(keras, kerasMajor));
  const differences = [
    ...differ("unknown", unknownClasses(prepared).join(), ""),
    ...differ("declared", JSON.stringify(declaredOf(prepared)), JSON.stringify(keras.declared)),
    ...differ("parameters", prepared.parameters, keras.params),
    ...differ("weights", plainWeights(prepared), keras.weights.map(([name, shape]) => `${name.split("/").at(-1)} ${shape}`).join()),
  ];
  for (const probe of keras.probes) {
    const report = await send(prepared, probe.inputs);
    const ours = outcomeOf(report);
    const why = report.gates.find(({ gate }) => gate === "layers")?.message ?? "";
    const theirs = kerasOutcome(probe);
    if (ours !== theirs) differences.push(`${JSON.stringify(probe.inputs)}: ${ours} ${why} ours, ${theirs} ${probe.message ?? ""} Keras's`);
  }
  prepared.dispose();
  expect(differences).toEqual([]);
}

function outcomeOf({ outputs, failure }: Report): string {
  if (outputs.length > 0) return JSON.stringify(outputs.map(({ shape }) => shape));
  return failure ? "refused" : "unknown";
}

/** What depends on numbers or words is unknown. */
function kerasOutcome({ output }: LayerCase["probes"][number]): string {
  if (!output) return "refused";
  return output.some((shape) => shape.includes(null)) ? "unknown" : JSON.stringify(output);
}

function modelOf({ config, name }: LayerCase, kerasMajor: 2 | 3): Model {
  const { network, producer } = parseKerasDocument(config, VERSIONS[kerasMajor]);
  return { name, format: "keras-json", producer, kerasMajor, network, weights: [] };
}

function send(prepared: PreparedModel, shapes: number[][]): Promise<Report> {
  const inputs = Object.fromEntries(prepared.inputs.map(({ name }, index) => [name, shapes[index] as number[]]));
  return runProbe(prepared, { inputs, mode: "feed", engine: "shapes", fill: "zeros" });
}

function declaredOf({ network }: PreparedModel) {
  return network.outputs.map(({ step, output }) => network.steps[step]?.declared?.[output]);
}

function unknownClasses({ network }: PreparedModel): string[] {
  return network.layers.filter(({ runner, isInput, nested }) => !runner && !isInput && !nested).map(({ layer }) => layer.className);
}

function plainWeights({ network }: PreparedModel): string {
  const last = network.layers.at(-1);
  return (last?.weights ?? []).map(({ name, shape }) => `${name.split("/").at(-1)} ${shape}`).join();
}

/** Second names, kept for old files, of classes that have a case under their first. */
const SECOND_NAMES = /^Convolution|^BatchNormalizationV|^GroupedQuery/;

/** Classes of Keras Applications and of losses, which test/conformance compares, and one that only a FeatureSpace within tf.data has. */
const ELSEWHERE = /^(AddLoss|LayerScale|CustomScaleLayer|StochasticDepth|DropConnect|TFDIdentity)$/;

it("has a case for every class that has a row", () => {
  const seen = new Set([2, 3].flatMap((major) => layerCases("layers", major as 2 | 3).flatMap(({ config }) => classesIn(config))));
  const without = knownClasses().filter((name) => !seen.has(name) && !SECOND_NAMES.test(name) && !ELSEWHERE.test(name));
  expect(without).toEqual([]);
});

function classesIn(json: LayerCase["config"]): string[] {
  return [...JSON.stringify(json).matchAll(/"class_name":"(\w+)"/g)].map(([, name]) => name as string);
}
