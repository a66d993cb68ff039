// What scripts/answers/ways.mjs runs, bundled: writes down what we say of each case, and the models' files for Keras to load.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { WAY_CASES, waysTold } from "../../test/answers/way-cases";
import { layFiles } from "./lay-files";

/** Leaves `cases.json` in the folder, and in a folder for each case its files. */
export async function writeWays(folder: string): Promise<void> {
  const cases: object[] = [];
  for (const [index, each] of WAY_CASES.entries()) {
    const home = join(folder, String(index));
    layFiles(home, each.files());
    cases.push({ ...each, home, ways: await waysTold(each) });
  }
  writeFileSync(join(folder, "cases.json"), JSON.stringify(cases));
}
