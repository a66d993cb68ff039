// Held against what real Keras said of its own applications (scripts/golden/sizes.py).
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { zooModel } from "../../../src/formats";
import { prepareModel, runProbe, sizesOf } from "../../../src/probe";
import { variedInput } from "../../../src/probe/sizes/axes";
import { Trials } from "../../../src/probe/sizes/trials";

interface Said {
  fails: string[];
  minimum: number;
  above: { [side: string]: string | null };
  channels: (string | null)[];
  rebuilt?: { [side: string]: boolean };
}

const SAID: { [spec: string]: Said } = JSON.parse(readFileSync(join(import.meta.dirname, "../../golden/sizes.json"), "utf8"));

describe("sizes as real Keras has them", () => {
  test.each(Object.entries(SAID))("%s", async (spec, { fails, minimum, above, channels }) => {
    const prepared = prepareModel(zooModel(spec));
    const trials = new Trials(prepared, variedInput(prepared) ?? expect.fail());
    const failing = (side: number) => trials.try([side, side]).failure?.layer ?? null;
    const found = await sizesOf(prepared);
    expect(found).toMatchObject({ minimum: [minimum, minimum], limit: fails.at(-1) ?? null, reason: null });
    expect(fails.map((_, index) => failing(index + 1))).toEqual(fails);
    expect(Object.fromEntries(Object.keys(above).map((side) => [side, failing(Number(side))]))).toEqual(above);
    expect(found.any_size || Object.values(above).some((failed) => failed !== null)).toBe(true);
    expect(found.channels.map(({ accepted, layer }) => (accepted ? null : layer))).toEqual(channels);
    prepared.dispose();
  });

  test.each(Object.entries(SAID).flatMap(([spec, { rebuilt }]) => (rebuilt ? [[spec, rebuilt] as const] : [])))(
    "%s with its top: weights fit at the sizes that are said to run",
    async (spec, rebuilt) => {
      const prepared = prepareModel(zooModel(`${spec}&include_top=true`));
      const trials = new Trials(prepared, variedInput(prepared) ?? expect.fail());
      const ours = Object.keys(rebuilt).map((side) => [side, trials.try([Number(side), Number(side)]).failure === null]);
      expect(Object.fromEntries(ours)).toEqual(rebuilt);
      const { smallest, gate } = await sizesOf(prepared);
      const [input] = prepared.inputs;
      const inputs = { [input?.name ?? ""]: [1, ...(smallest ?? []), 3] };
      const report = await runProbe(prepared, { inputs, mode: "rebuild", engine: "shapes", fill: "zeros" });
      expect([report.failure, report.misfits]).toEqual([null, []]);
      expect(gate === null).toBe(String(smallest) === String(input?.declared.slice(1, 3)));
      prepared.dispose();
    },
  );
});
