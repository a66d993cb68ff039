// What scripts/answers/arguments.mjs runs, bundled: writes down the code that we offer for each case.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ARGUMENT_CASES, promisedWays } from "../../test/answers/argument-cases";

/** Leaves `cases.json` in the folder: a case a way, as each takes a tensor of its own. */
export async function writeArguments(folder: string): Promise<void> {
  const cases: object[] = [];
  mkdirSync(folder, { recursive: true });
  for (const each of ARGUMENT_CASES)
    for (const [title, { input, ...way }] of Object.entries(await promisedWays(each)))
      cases.push({ ...each, name: `${each.name}: ${title}`, home: folder, inputs: [input], ways: { [title]: way } });
  writeFileSync(join(folder, "cases.json"), JSON.stringify(cases));
}
