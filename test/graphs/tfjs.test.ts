import { describe, expect, it } from "vitest";
import { compareNodes } from "./compare";
import { graphFiles } from "./files";
import { tfjsGoldens } from "./golden";
import { probeGraph } from "./probing";
import { unknownFirst } from "./unknown";

/** Operations whose shapes depend on numbers, the first ones that the engine shapes does not know: what is found, and a ratio among the inputs. */
const BY_NUMBERS: { readonly [model: string]: string[] } = {
  faceboxes: ["Where"],
  handtrack: ["NonMaxSuppressionV5"],
  rvm: ["ResizeBilinear"],
};

/** That a failing test prints. */
const MOST_LINES = 20;

const goldens = tfjsGoldens();

it("has an answer of tfjs for every model, all of which run at their declared size", () => {
  const names = graphFiles().map(({ name }) => name);
  expect([...goldens.keys()].sort()).toEqual(names.sort());
  for (const { probes } of goldens.values()) expect(probes.find(({ kind }) => kind === "declared")?.error).toBeNull();
});

describe("the engine shapes gives each node of a graph the shape that tfjs's own executor gives it", () => {
  it.each(graphFiles())("$name", async (file) => {
    const { nodes = [], probes = [] } = goldens.get(file.name) ?? {};
    const unknown = new Set<string>();
    await probeGraph({ file, probes, engine: "shapes" }, (probe, report, graph) => {
      const { compared, differing } = compareNodes(graph, report, nodes, probe);
      expect({ probe: probe.kind, differing: differing.slice(0, MOST_LINES) }).toEqual({ probe: probe.kind, differing: [] });
      expect(compared).toBeGreaterThan(0);
      for (const { className } of unknownFirst(report)) unknown.add(className);
    });
    expect([...unknown]).toEqual(BY_NUMBERS[file.name] ?? []);
  });
});
