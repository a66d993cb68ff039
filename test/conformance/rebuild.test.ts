import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { zooModel } from "../../src/formats";
import { prepareModel, runProbe } from "../../src/probe";
import { noteCompared } from "./compared";

interface Answer {
  spec: string;
  input: number[];
  /** Why `clone_model` failed; null where it did not. */
  refused: string | null;
  misfits: [layer: string, weight: string, pretrained: number[], needed: number[]][];
  params: number | null;
  fails: boolean | null;
}

const answers = JSON.parse(readFileSync(join(import.meta.dirname, "../golden/rebuild.json"), "utf8")) as { [generation: string]: Answer[] };

describe("what real Keras says of a new input for its applications", () => {
  test.for(Object.values(answers).flat())(
    "$spec declared as $input",
    async ({ spec, input, refused, misfits, params, fails }, { task }) => {
      noteCompared(task, 1, 0);
      const prepared = prepareModel(zooModel(spec));
      const name = prepared.inputs[0]?.name ?? "";
      const report = await runProbe(prepared, { inputs: { [name]: [1, ...input] }, mode: "rebuild", engine: "shapes", fill: "zeros" });
      const ours = report.misfits.map(({ layer, weight, pretrained, needed }) => [layer, weight, pretrained, needed]);
      if (refused !== null) {
        expect(report.failure?.message).toMatch(/^it cannot be built/);
      } else {
        expect(ours).toEqual(misfits);
        expect(report.model.parameters).toBe(params);
        expect(report.failure !== null).toBe(fails);
        expect(report.model.inputs[0]?.declared).toEqual([null, ...input]);
      }
      prepared.dispose();
    },
  );
});
