import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { openModel } from "../../src/formats";
import type { Report, Shape } from "../../src/model";
import { prepareModel, runProbe } from "../../src/probe";
import { savedModels } from "../models/load";
import { differ } from "./compare";
import { noteCompared } from "./compared";

/** What real Keras's `clone_model` makes of a model with new inputs; made by scripts/models/rebuild.py. */
interface Answer {
  model: string;
  inputs: number[][];
  /** Why cloning failed; null where it did not. */
  refused: string | null;
  misfits: [layer: string, weight: string, pretrained: number[], needed: number[]][];
  params: number | null;
  declared: [layer: string, shapes: Shape[]][];
  /** Whether the clone refuses its own tensor. */
  fails: boolean | null;
}

const FILE = join(import.meta.dirname, "../models/rebuild.json.gz");
const answers = JSON.parse(gunzipSync(readFileSync(FILE)).toString()) as { [kerasMajor: string]: Answer[] };
const models = savedModels();

/**
 * Where ours still differs: Keras 3 keeps what stacked cells were built for, builds no TimeDistributed around a model of another size, and
 * attends along no positions.
 */
const DIFFERS = new Set([
  "hierarchical-attention [[1,3,4]]",
  "language-model [[12]]",
  "recurrent-cells [[2,9,1]]",
  "recurrent-cells [[1,9,6]]",
]);
const isDiffering = ({ model, inputs }: Answer): boolean => DIFFERS.has(`${model} ${JSON.stringify(inputs)}`);

describe.each([2, 3] as const)("inputs declared anew, by Keras %i", (kerasMajor) => {
  const asked = answers[kerasMajor] ?? [];
  const differing = kerasMajor === 3 ? asked.filter(isDiffering) : [];
  it.fails.each(differing)("$model as $inputs, not yet as Keras has it", (keras) => compare(keras, kerasMajor));
  it.for(asked.filter((keras) => !differing.includes(keras)))("$model as $inputs", async (keras, { task }) => {
    noteCompared(task, 1, keras.declared.length);
    await compare(keras, kerasMajor);
  });
});

async function compare(keras: Answer, kerasMajor: 2 | 3): Promise<void> {
  const saved = models.find(({ name, kerasMajor: major }) => name === keras.model && major === kerasMajor);
  if (!saved) throw new Error(`there is no ${keras.model}.br with a model of Keras ${kerasMajor}`);
  const prepared = prepareModel(await openModel(saved.open("model.json")));
  const inputs = Object.fromEntries(prepared.inputs.map(({ name }, index) => [name, keras.inputs[index] as number[]]));
  const report = await runProbe(prepared, { inputs, mode: "rebuild", engine: "shapes", fill: "zeros" });
  prepared.dispose();
  expect(differencesOf(report, keras)).toEqual([]);
}

function differencesOf(report: Report, keras: Answer): string[] {
  if (keras.refused !== null) return report.failure ? [] : [`runs, but Keras's cloning failed: ${keras.refused}`];
  const rows = new Map(report.layers.map((row) => [row.id, row]));
  const misfits = report.misfits.map(
    ({ layer, weight, pretrained, needed }) => `${layer} ${weight.split("/").at(-1)} ${pretrained}→${needed}`,
  );
  return [
    ...differ(
      "misfits",
      misfits.sort().join(),
      keras.misfits
        .map(([layer, name, was, is]) => `${layer} ${name} ${was}→${is}`)
        .sort()
        .join(),
    ),
    ...differ("parameters", report.model.parameters, keras.params),
    ...differ("fails", report.failure?.message ?? null, keras.fails ? (report.failure?.message ?? "Keras's does") : null),
    // Which of a shared layer's calls comes first is not the same in a clone.
    ...keras.declared.flatMap(([layer, shapes]) => {
      const row = rows.get(layer);
      return row && !row.furtherCalls ? differ(`${layer} declared`, JSON.stringify(row.declared), JSON.stringify(shapes)) : [];
    }),
  ];
}
