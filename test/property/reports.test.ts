import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LayerReport, Model, Report, Shape } from "../../src/model";
import { prepareModel, runProbe } from "../../src/probe";
import { type DrawnModel, models, readModel } from "./draw";
import { writeModel } from "./draw/write";
import { flattened, renamed, reordered } from "./rewrite";

/** More models, or others, by environment variables. */
const RUNS = Number(process.env["LAYERSCOPE_PROPERTY_RUNS"] ?? 40);
const SEED = Number(process.env["LAYERSCOPE_PROPERTY_SEED"] ?? 7);

type Probes = { [input: string]: number[] };

async function send(model: Model, inputs: Probes, mode: "feed" | "rebuild" = "feed"): Promise<Report> {
  const prepared = prepareModel(model);
  try {
    return await runProbe(prepared, { inputs, mode, engine: "shapes", fill: "zeros" });
  } finally {
    prepared.dispose();
  }
}

/** What happened to each layer, by its id. */
const outcomes = ({ layers }: Report): Map<string, string> =>
  new Map(
    layers.map(({ id, status, output, declared, parameters, furtherCalls }) => [
      id,
      JSON.stringify({ status, output, declared, parameters, further: furtherCalls?.map((call) => [call.status, call.output]) }),
    ]),
  );

describe.each([2, 3] as const)("a report on a random model of Keras %i", (kerasMajor) => {
  const holds = (check: (drawn: DrawnModel) => Promise<void>): Promise<void> =>
    fc.assert(fc.asyncProperty(models(kerasMajor), check), { numRuns: RUNS, seed: SEED });

  it("does not depend on the names of layers", () =>
    holds(async ({ config, model, probes }) => {
      const rename = (name: string): string => `other/${name}`.replace("/", "_");
      const other = readModel(renamed(config, rename), kerasMajor);
      for (const inputs of probes) {
        const ours = [...outcomes(await send(model, inputs)).values()];
        const theirs = outcomes(
          await send(other, Object.fromEntries(Object.entries(inputs).map(([name, shape]) => [rename(name), shape]))),
        );
        expect([...theirs.values()]).toEqual(ours);
      }
    }));

  it("does not depend on the order in which the file lists layers", () =>
    holds(async ({ config, model, probes }) => {
      const other = readModel(reordered(config), kerasMajor);
      for (const inputs of probes) {
        const [ours, theirs] = [await send(model, inputs), await send(other, inputs)];
        expect(theirs.failure?.layer).toEqual(ours.failure?.layer);
        expect(outcomes(theirs)).toEqual(outcomes(ours));
      }
    }));

  it("has another first axis alone for another number of samples", () =>
    holds(async ({ model, probes }) => {
      const [declared = {}] = probes;
      const [one, four] = [await send(model, withBatch(declared, 1)), await send(model, withBatch(declared, 4))];
      fc.pre(!one.failure && !four.failure);
      expect(four.layers.map(shapesBehindBatch)).toEqual(one.layers.map(shapesBehindBatch));
      for (const { shape } of four.outputs) expect(shape[0]).toBe(4);
    }));

  it("is the same for layers in a model inside the model as for those layers by themselves", () =>
    holds(async ({ model, drawn, probes }) => {
      const network = flattened(drawn.network);
      fc.pre(network !== null);
      const other = readModel(writeModel({ ...drawn, network }, kerasMajor), kerasMajor);
      for (const inputs of probes) {
        const [nested, flat] = [await send(model, inputs), await send(other, inputs)];
        if (nested.failure || flat.failure) continue;
        const inner = new Map([...outcomes(nested)].map(([id, outcome]) => [id.split("/").at(-1), outcome]));
        for (const [id, outcome] of outcomes(flat)) expect(inner.get(id)).toEqual(outcome);
      }
    }));

  it("finds no weight that does not fit where the model is rebuilt at the size that it declares", () =>
    holds(async ({ model, probes: [declared = {}] }) => {
      const [fed, rebuilt] = [await send(model, declared), await send(model, declared, "rebuild")];
      expect(rebuilt.misfits).toEqual([]);
      if (fed.failure || rebuilt.failure) return;
      expect(rebuilt.layers.map(({ output }) => output)).toEqual(fed.layers.map(({ output }) => output));
      expect(rebuilt.model.parameters).toBe(fed.model.parameters);
    }));

  it("says the same of a size that is fed and of the model rebuilt for it, where all weights fit", () =>
    holds(async ({ model, probes }) => {
      for (const inputs of probes) {
        const [fed, rebuilt] = [await send(model, inputs), await send(model, inputs, "rebuild")];
        // Fed, a last axis of 1 may stand for another or come and go; declared, it is what it is.
        const isAdapted = fed.model.inputs.some(({ name, declared }) => !fits(declared, inputs[name] ?? []));
        if (isAdapted || fed.failure || rebuilt.failure || rebuilt.misfits.length > 0) continue;
        expect(rebuilt.layers.map(({ output }) => output)).toEqual(fed.layers.map(({ output }) => output));
      }
    }));
});

const withBatch = (inputs: Probes, batch: number): Probes =>
  Object.fromEntries(Object.entries(inputs).map(([name, [, ...rest]]) => [name, [batch, ...rest]]));

const fits = (declared: Shape, shape: number[]): boolean =>
  declared.length === shape.length && declared.slice(1).every((size, axis) => size === null || size === shape[axis + 1]);

const shapesBehindBatch = ({ id, output }: LayerReport): [string, number[][] | undefined] => [id, output?.map((shape) => shape.slice(1))];
