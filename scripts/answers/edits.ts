// What scripts/answers/edits.mjs runs, bundled: writes down what we say of each case, and the models' files for Keras to load.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { EDIT_CASES, editTold, filesOf } from "../../test/answers/edit-cases";
import { layFiles } from "./lay-files";

/** Leaves `cases.json` in the folder, and in a folder for each case its files. */
export async function writeEdits(folder: string): Promise<void> {
  const cases: object[] = [];
  for (const [index, each] of EDIT_CASES.entries()) {
    const home = join(folder, String(index));
    layFiles(home, filesOf(each.model));
    cases.push({ ...each, home, ...(await editTold(each)) });
  }
  writeFileSync(join(folder, "cases.json"), JSON.stringify(cases));
}
