import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { fileSource } from "../../src/formats";
import type { EngineName, LayerReport, Report } from "../../src/model";
import { whyNoNative } from "../numbers/native";
import { compareNodes } from "./compare";
import { compareSaved } from "./compare-saved";
import { graphFiles } from "./files";
import { type TfjsAnswer, tfjsGoldens } from "./golden";
import { areNear, hasMeanOf } from "./near";
import { probeGraph, probeSaved } from "./probing";
import { savedGraphs } from "./saved";
import { unknownFirst } from "./unknown";

/** That a failing test prints. */
const MOST_LINES = 20;
const PATIENCE_MS = 120_000;

const goldens = tfjsGoldens();
const missing = await whyNoNative();
if (missing) console.warn(`The native engine is not tested: ${missing}`);
const ENGINES: readonly EngineName[] = missing ? ["wasm"] : ["wasm", "native"];

describe("the wasm engine gives each node of a graph the shape and the mean that tfjs's own executor gives it", () => {
  it.each(graphFiles())(
    "$name",
    async (file) => {
      const { nodes = [], probes = [] } = goldens.get(file.name) ?? {};
      const declared = probes.filter(({ kind }) => kind === "declared");
      await probeGraph({ file, probes: declared, engine: "wasm" }, (probe, report, graph) => {
        expect(report.numbers).toMatchObject({ drawn: [], surplus: [], differing: [], ended: null });
        const { unknown, differing } = compareNodes(graph, report, nodes, probe);
        expect({ unknown, differing: differing.slice(0, MOST_LINES) }).toEqual({ unknown: [], differing: [] });
        expect(otherNumbers(report, nodes, probe).slice(0, MOST_LINES)).toEqual([]);
      });
    },
    PATIENCE_MS,
  );
});

function otherNumbers(report: Report, nodes: readonly string[], { means, outputs }: TfjsAnswer): string[] {
  const rows = new Map(report.layers.map((row) => [row.id, row]));
  const isOther = (row: LayerReport | undefined, mean: number | null): boolean =>
    row !== undefined && !hasMeanOf(row, ["", "", [], mean, row.stats?.std ?? null]);
  const layers = nodes.flatMap((name, index) => {
    const [row, mean] = [rows.get(name), means?.[index] ?? null];
    return isOther(row, mean) ? [`${name}: mean ${row?.stats?.mean} ours, ${mean} tfjs's`] : [];
  });
  const results = (outputs ?? []).flatMap((numbers, index) => {
    const ours = report.outputs[index]?.values ?? [];
    return areNear(ours, numbers) ? [] : [`output ${index}: ${ours} ours, ${numbers} tfjs's`];
  });
  return [...layers, ...results];
}

/** What no engine but TensorFlow itself computes, the first operation of which it is so. */
const WITHOUT_NUMBERS: { readonly [model: string]: string } = {
  "rare-shapes": "FFT2D",
  "rarest-shapes": "BesselI0e",
  "without-numbers": "CombinedNonMaxSuppression",
  words: "VarHandleOp",
};

describe.each(ENGINES)("the %s engine computes what TensorFlow does, at every node of a SavedModel", (engine) => {
  it.each(savedGraphs())(
    "$name",
    async (saved) => {
      for (const answer of saved.probes.filter(({ error }) => error === null)) {
        const { report, outputs } = await probeSaved(saved, answer, engine);
        const wanting = WITHOUT_NUMBERS[saved.name];
        if (wanting === undefined) {
          expect(report.numbers).toMatchObject({ drawn: [], surplus: [], differing: [], ended: null });
          const { unknown, differing } = compareSaved(report, outputs, answer);
          expect({ unknown, differing: differing.slice(0, MOST_LINES) }).toEqual({ unknown: [], differing: [] });
        } else {
          const ended = report.layers.find(({ id }) => id === report.numbers?.ended?.layer) ?? unknownFirst(report)[0];
          expect(ended?.className).toBe(wanting);
        }
      }
    },
    PATIENCE_MS,
  );
});

describe.skipIf(missing)("TensorFlow itself runs a SavedModel on the native engine, with outputs of the same shapes", () => {
  it.each(savedGraphs().filter(({ files }) => files.has("saved_model.pb")))(
    "$name",
    async (saved) => {
      const folder = mkdtempSync(join(tmpdir(), "layerscope-saved-"));
      try {
        for (const [path, bytes] of saved.files) {
          mkdirSync(dirname(join(folder, path)), { recursive: true });
          writeFileSync(join(folder, path), bytes);
        }
        for (const answer of saved.probes.filter(({ error }) => error === null)) {
          const { report } = await probeSaved(saved, answer, "native", fileSource(folder));
          expect(report.numbers).toMatchObject({ differing: [], reference: { outputs: expect.anything() } });
        }
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
    PATIENCE_MS,
  );
});
