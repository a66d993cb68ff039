import { describe, expect, test, vi } from "vitest";
import manifest from "../../package.json";

vi.mock("vscode", async () => (await import("./vscode-stub")).default);

describe("package.json", () => {
  test("has every command of the table, and no other", async () => {
    const { COMMANDS } = await import("../../src/extension/commands");
    expect(manifest.contributes.commands.map(({ command }) => command).sort()).toEqual(Object.keys(COMMANDS).sort());
  });

  test("menus name commands that are there", () => {
    const known = new Set(manifest.contributes.commands.map(({ command }) => command));
    const named = Object.values(manifest.contributes.menus).flatMap((rows: { command: string }[]) => rows.map(({ command }) => command));
    expect(named.filter((command) => !known.has(command))).toEqual([]);
  });

  test("has the views and editors that the code registers", async () => {
    const { ModelTree } = await import("../../src/extension/tree/model-tree");
    const { DockedGraph } = await import("../../src/extension/view/docked");
    const { ModelEditors } = await import("../../src/extension/view/editors");
    expect(manifest.contributes.views.layerscope.map(({ id }) => id)).toEqual([ModelTree.viewId, DockedGraph.viewId]);
    expect(manifest.contributes.customEditors.map(({ viewType }) => viewType)).toEqual(ModelEditors.types);
  });

  test("opens model.json by choice only, and runs where the files are, trusted or not", () => {
    expect(manifest.contributes.customEditors.find(({ viewType }) => viewType === "layerscope.modelJson")?.priority).toBe("option");
    expect(manifest.extensionKind).toEqual(["workspace"]);
    expect(manifest.capabilities.untrustedWorkspaces.supported).toBe(true);
  });

  test("patterns of editors are patterns of models", async () => {
    const { isModelName } = await import("../../src/extension/model-files");
    const patterns = manifest.contributes.customEditors.flatMap(({ selector }) => selector.map(({ filenamePattern }) => filenamePattern));
    expect(patterns.map((pattern) => pattern.replace("*", "a")).filter((name) => !isModelName(name))).toEqual([]);
  });
});
