import { describe, expect, it } from "vitest";
import { openModel } from "../../src/formats";
import type { Report } from "../../src/model";
import { type PreparedModel, prepareModel, runProbe } from "../../src/probe";
import { compareNodes } from "./compare";
import { type GraphFile, graphFiles, readText } from "./files";
import { type TfjsAnswer, tfjsGoldens } from "./golden";
import type { OpenedGraph } from "./ours";
import type { WrittenNode } from "./probes";
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
const files = graphFiles();

it("has an answer of tfjs for every model, all of which run at their declared size", () => {
  expect([...goldens.keys()].sort()).toEqual(
    graphFiles()
      .map(({ name }) => name)
      .sort(),
  );
  for (const { probes } of goldens.values()) expect(probes.find(({ kind }) => kind === "declared")?.error).toBeNull();
});

describe("the engine shapes gives each node of a graph the shape that tfjs's own executor gives it", () => {
  it.each(files)("$name", async (file) => {
    const { graph, prepared } = await opened(file);
    const golden = goldens.get(file.name);
    const unknownOf = new Set<string>();
    for (const answer of golden?.probes ?? []) {
      const report = await probed(prepared, answer);
      const { compared, differing } = compareNodes(graph, report, golden?.nodes ?? [], answer);
      expect({ probe: answer.kind, differing: differing.slice(0, MOST_LINES) }).toEqual({ probe: answer.kind, differing: [] });
      expect(compared).toBeGreaterThan(0);
      for (const { className } of unknownFirst(report)) unknownOf.add(className);
    }
    expect([...unknownOf]).toEqual(BY_NUMBERS[file.name] ?? []);
    prepared.dispose();
  });
});

async function opened(file: GraphFile): Promise<{ graph: OpenedGraph; prepared: PreparedModel }> {
  const source = file.open();
  const model = await openModel(source);
  const { modelTopology } = JSON.parse(readText(source, source.main)) as { modelTopology: { node: WrittenNode[] } };
  source.close();
  return { graph: { model, written: modelTopology.node }, prepared: prepareModel(model) };
}

/** Other than the declared size only a rebuilt model takes. */
function probed(prepared: PreparedModel, { kind, shapes, fill }: TfjsAnswer): Promise<Report> {
  const inputs = Object.fromEntries(prepared.inputs.map(({ name }, index) => [name, shapes[index] as number[]]));
  return runProbe(prepared, { inputs, mode: kind === "declared" ? "feed" : "rebuild", engine: "shapes", fill });
}
