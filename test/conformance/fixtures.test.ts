import { describe, expect, it } from "vitest";
import { fileSource, openModel } from "../../src/formats";
import type { LayerReport, Report } from "../../src/model";
import { prepareModel, runProbe } from "../../src/probe";
import { type Fixture, type FixtureProbe, fixtures } from "../fixtures/load";
import { differ } from "./compare";
import { noteCompared } from "./compared";

/**
 * Keras answered for the model in memory, whose Sequential was built without a declared input; what it saved declares one, and the
 * model loaded from the file refuses at its input check (asked of tf_keras 2.21).
 */
const IN_MEMORY_ONLY = (fixture: Fixture, probe: FixtureProbe): boolean =>
  fixture.golden.model === "deferred" && fixture.kerasMajor === 2 && !probe.passed;

describe("models saved by real Keras", () => {
  it.for(fixtures())("$name", async (fixture, { task }) => {
    const { probes } = fixture.golden;
    const layers = probes.reduce((sum, { calls }) => sum + calls.length, 0);
    noteCompared(task, probes.length, layers);
    const prepared = prepareModel(await openModel(fileSource(fixture.path)));
    const differences = differ("parameters", prepared.parameters, fixture.golden.params);
    for (const probe of probes) {
      const report = await runProbe(prepared, { inputs: probe.inputs, mode: "feed", engine: "shapes", fill: "zeros" });
      differences.push(
        ...(IN_MEMORY_ONLY(fixture, probe) ? differ("input gate", report.gates[0]?.open, false) : compare(report, probe, fixture)),
      );
    }
    prepared.dispose();
    expect(differences).toEqual([]);
  });
});

function compare(report: Report, probe: FixtureProbe, { golden }: Fixture): string[] {
  const at = JSON.stringify(probe.inputs);
  const failedAt = report.failure?.layer.split("/").at(-1) ?? null;
  const isRefusedAtGate = !probe.passed && probe.failed === null;
  return [
    ...differ(`${at} failing layer`, failedAt, isRefusedAtGate ? "(input)" : probe.failed),
    ...(probe.passed ? differ(`${at} output`, String(report.outputs.map(({ shape }) => shape)), String(probe.output)) : []),
    ...(isRefusedAtGate ? [] : differ(`${at} calls`, callsOf(report, golden.layers).join(" "), keptCalls(probe).join(" "))),
  ];
}

/** What ran, each call with what came out, by name; nested models and inputs left out, as names of the goldens are not paths. */
function callsOf(report: Report, layers: Fixture["golden"]["layers"]): string[] {
  const recorded = new Set(layers.map(([path]) => path));
  const rows = report.layers.filter(
    ({ className, nested, id }) => className !== "InputLayer" && !nested && (recorded.has(id) || id.startsWith("tf.")),
  );
  return rows.flatMap(outcomes).sort();
}

function outcomes({ id, status, output, furtherCalls = [] }: LayerReport): string[] {
  const name = id.split("/").at(-1);
  return [{ status, output }, ...furtherCalls].filter((call) => call.status === "ok").map((call) => `${name}=${call.output?.[0]}`);
}

function keptCalls({ calls }: FixtureProbe): string[] {
  return calls
    .filter(([name]) => !NESTED.has(name) && !OPERATIONS.has(name))
    .map(([name, output]) => `${name}=${output}`)
    .sort();
}

/** Nested models of the fixtures, and operations of Keras 3, which the goldens' `layers` leave out. */
const NESTED = new Set(["encoder", "backbone", "head"]);
const OPERATIONS = new Set(["subtract", "multiply", "add"]);
