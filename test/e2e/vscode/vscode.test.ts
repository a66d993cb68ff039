import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, type TestContext, test } from "vitest";
import { packagedExtension } from "./package";
import { browserPath, PROJECT, serverFolder } from "./places";
import { startServer, type VsCodeServer } from "./server";
import { Workbench } from "./workbench";

const browser = browserPath();
const folder = serverFolder();
const missing = [browser ? "" : "no Chromium found", folder ? "" : "no VS Code server found (scripts/vscode/server.sh)"]
  .filter(Boolean)
  .join(", ");
if (missing) console.log(`skipped: ${missing}`);

const PYTHON = `import tensorflow as tf

base = tf.keras.applications.EfficientNetB5(
    include_top=False,
    input_shape=(128, 128, 3),
)
stem = base.get_layer("normalization")
refused = tf.keras.applications.InceptionV3(include_top=True, input_shape=(224, 224, 3))
`;

/** What the workspace of the tests holds. */
function fill(workspace: string): void {
  const models = join(workspace, "models");
  mkdirSync(models);
  writeFileSync(join(workspace, "main.py"), PYTHON);
  for (const name of ["sequential.3.keras", "nested.2.h5"]) copyFileSync(join(PROJECT, "test/fixtures", name), join(models, name));
  const whole = readFileSync(join(PROJECT, "test/fixtures/sequential.2.h5"));
  writeFileSync(join(models, "broken.h5"), whole.subarray(0, whole.length >> 1));
}

if (missing && process.env["CI"]) {
  test("the tests in VS Code have what they need", () => expect.fail(missing));
}

describe.skipIf(missing)("Layerscope in VS Code", () => {
  let server: VsCodeServer;
  let code: Workbench;

  beforeAll(async () => {
    server = await startServer(folder ?? "", packagedExtension(), fill);
    code = await Workbench.open(browser ?? "", server.url);
  });
  afterEach(async ({ task }: TestContext) => {
    if (task.result?.state === "fail") await code?.picture(`failed-${task.name.replace(/\W+/g, "-")}`);
  });
  afterAll(async () => {
    await code?.close();
    await server?.stop();
  });

  test("the palette leads to the graph, with the amber mark where one channel becomes three", async () => {
    await code.command("Layerscope: Inspect Model…");
    await code.choose("EfficientNetB5?keras=2.9", "EfficientNetB5?keras=2.9");
    await code.answer("456x456x3", "128x128x1");
    const graph = await code.graph("1 → 3 channels at normalization");
    const badge = graph.locator('g.box[data-id="normalization"] .badge.broadcast');
    await badge.waitFor();
    expect(await badge.textContent()).toBe("1 → 3");
    expect(await graph.locator(".badge.failed").count()).toBe(0);
    await code.picture("palette-dark-1400");
  });
});
