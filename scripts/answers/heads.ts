// What scripts/answers/heads.mjs runs, bundled: writes down what we say of each case, and the models' files for Keras to load.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { answerTo } from "../../test/answers/head-answer";
import { HEAD_CASES } from "../../test/answers/head-cases";
import { layFiles } from "./lay-files";

/** Leaves `cases.json` in the folder, and in a folder for each case its files. */
export async function writeHeads(folder: string): Promise<void> {
  const cases: object[] = [];
  for (const [index, each] of HEAD_CASES.entries()) {
    const home = join(folder, String(index));
    layFiles(home, each.files());
    const { document, report } = await answerTo(each);
    const { name, kerasMajor } = each;
    const inputs = report.model.inputs.map((input) => ({ shape: report.probe.inputs[input.name], dtype: input.dtype }));
    cases.push({ name, kerasMajor, home, inputs, options: document.options });
  }
  writeFileSync(join(folder, "cases.json"), JSON.stringify(cases));
}
