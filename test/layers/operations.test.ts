import { beforeAll, describe, expect, it } from "vitest";
import { useShapesEngine } from "../../src/engines";
import { parseKerasDocument } from "../../src/formats/keras/document";
import {
  allRows,
  keras3Operation,
  knownOperations,
  lambdaRunner,
  rowOfClass,
  rowOfFunction,
  UNKNOWABLE_OPERATIONS,
} from "../../src/layers/operations";
import { prepareModel, runProbe } from "../../src/probe";
import { publicNames } from "../docs/layers";
import { layerCases } from "./load";

beforeAll(() => useShapesEngine());

/** `keras.ops.image.resize` is known by its last name. */
const lastOf = (name: string): string => name.split(".").at(-1) as string;

describe("operations of Keras 3", () => {
  const known = new Set(knownOperations());

  it.each(publicNames().operations)("%s has a row or a reason", (name) => {
    expect(known.has(lastOf(name)) !== lastOf(name) in UNKNOWABLE_OPERATIONS).toBe(true);
  });

  it("has a case for every row", () => {
    const rows = [...classesOf(3).map(rowOfClass), ...functionsOf(2).map(rowOfFunction)];
    const seen = new Set(rows.filter((row) => row !== undefined));
    const without = allRows().filter(([name, row]) => !seen.has(row) && !(name in WITHOUT_CASE));
    expect(without.map(([name]) => name)).toEqual([]);
  });

  it.each(Object.entries(UNKNOWABLE_OPERATIONS))("%s is unknown because %s", (name, why) => {
    expect(why).toMatch(/^(it|how) [^.]+$/);
    expect(known.has(name)).toBe(false);
  });
});

describe("a function that cannot be known", () => {
  it.each([
    ["map_fn", "it runs Python functions that the file does not hold"],
    ["strings.split", "how many parts a text has depends on the text"],
    ["raw_ops.Abs", "TensorFlow's function raw_ops.Abs is not known"],
    ["sets.size", "TensorFlow's function sets.size is not known"],
    ["toString", "TensorFlow's function toString is not known"],
  ])("says of %s why", (name, why) => {
    expect(() => lambdaRunner({ function: name })).toThrow(why);
  });

  it.each([
    ["Scan", "it runs Python functions that the file does not hold"],
    ["WhileLoop", "it runs Python functions that the file does not hold"],
  ])("says of Keras 3's %s why", (className, why) => {
    expect(() => keras3Operation(className, {})).toThrow(why);
  });

  it.each([
    ["einsum", "the file does not hold its equation"],
    ["meshgrid", "the file holds the first of its arguments alone"],
  ])("says of tf_keras's %s what the file has lost", (name, why) => {
    expect(() => lambdaRunner({ function: name }).run({ tensors: [], args: [], kwargs: {} })).toThrow(why);
  });
});

const AS_LAYERS = "it is an activation by name, which the cases of layers have";
const FAILS = "Keras 3.15.1 fails at it on TensorFlow, whatever it is given";

it("is told in the report of a layer that makes it", async () => {
  const [softsign] = layerCases("operations", 2).filter(({ name }) => name === "tf.nn.softsign");
  const config = JSON.parse(JSON.stringify(softsign?.config).replaceAll("nn.softsign", "map_fn"));
  const { network, producer } = parseKerasDocument(config, "2.21.0");
  const prepared = prepareModel({ name: "mapped", format: "keras-json", producer, kerasMajor: 2, network, weights: [] });
  const input = prepared.inputs[0]?.name as string;
  const report = await runProbe(prepared, { inputs: { [input]: [2, 3, 4, 6] }, mode: "feed", engine: "shapes", fill: "zeros" });
  expect(report.layers.at(-1)).toMatchObject({ status: "unknown", message: UNKNOWABLE_OPERATIONS["map_fn"], output: null });
});

/** Rows that have no case here, and why. */
const WITHOUT_CASE: { [name: string]: string } = {
  exponential: AS_LAYERS,
  hard_swish: AS_LAYERS,
  linear: AS_LAYERS,
  mish: AS_LAYERS,
  swish: AS_LAYERS,
  view_as_complex: FAILS,
  view_as_real: FAILS,
  meshgrid: "tf_keras does not write its arguments",
};

const classesOf = (major: 2 | 3): string[] => namesIn(major, /"class_name":"(\w+)"/g);
const functionsOf = (major: 2 | 3): string[] => namesIn(major, /"function":"([\w.]+)"/g);

function namesIn(major: 2 | 3, pattern: RegExp): string[] {
  const text = JSON.stringify(layerCases("operations", major).map(({ config }) => config));
  return [...new Set([...text.matchAll(pattern)].map(([, name]) => name as string))];
}
