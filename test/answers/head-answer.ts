import type { HeadDocument } from "../../src/answers";
import { headDocument } from "../../src/answers";
import type { HeadRun } from "../../src/model";
import { prepareModel, runHeads } from "../../src/probe";
import { type HeadCase, openCase } from "./head-cases";

/** What we say of a case. */
export async function answerTo(each: HeadCase): Promise<HeadRun & { document: HeadDocument }> {
  const { model, file } = await openCase(each);
  const prepared = prepareModel(model);
  try {
    const inputs = Object.fromEntries(prepared.inputs.map(({ name }) => [name, each.input]));
    const run = await runHeads(prepared, { inputs, mode: "feed", engine: "shapes", fill: "zeros" }, each.classes);
    return { ...run, document: headDocument(run, { ...model, file }) };
  } finally {
    prepared.dispose();
  }
}
