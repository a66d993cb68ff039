import { readFileSync } from "node:fs";
import { join } from "node:path";
import { config, t } from "@vscode/l10n";
import { afterEach, expect, test, vi } from "vitest";

const chinese = JSON.parse(readFileSync(join(import.meta.dirname, "../../l10n/bundle.l10n.zh-cn.json"), "utf8"));

/** `l10n` as VS Code gives it: with a bundle where there is one for its language. */
const vscode = vi.hoisted(() => ({ l10n: {} as { bundle?: object } }));
vi.mock("vscode", async () => ({ ...(await import("./vscode-stub")).default, l10n: vscode.l10n }));
afterEach(() => {
  config({ contents: {} });
  vi.resetModules();
});

test.each([
  ["Chinese", chinese, "接受灰度", "不带顶层"],
  ["a language without a bundle", undefined, "takes grayscale", "without top"],
])("the extension in %s", async (_, bundle, grayscale, top) => {
  if (bundle) vscode.l10n.bundle = bundle;
  else delete vscode.l10n.bundle;
  await import("../../src/extension/language");
  const { zooFacts, zooVariants } = await import("../../src/extension/zoo");
  const entry = {
    name: "A",
    generations: ["3"],
    defaultSize: [224, 224],
    documentedMinimum: null,
    parameters: 1e6,
    takesGrayscale: true,
  } as const;
  expect(zooFacts(entry as never)).toContain(grayscale);
  expect(zooVariants(entry as never)[0]?.words).toContain(top);
  expect(t("{0} is no text of ours", 1)).toBe("1 is no text of ours");
});
