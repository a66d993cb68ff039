import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { weightArchives } from "../../numbers/weights";
import { findChromium } from "./chromium";
import { boxOf, complaintsOf, Served, seriousFindings, shoot } from "./served";

const chromium = findChromium();
if (chromium === null) console.log("skipped: no Chromium found (set CHROMIUM to its path)");
if (chromium === null && process.env["CI"] === "true") throw new Error("no Chromium found: in CI the browser tests must run");

const GRAYSCALE = ["EfficientNetB0?keras=2.9", "128x128x1"] as const;
const folder = mkdtempSync(join(tmpdir(), "layerscope-numbers-"));

/** A layer of a config as Keras 2 saves it. */
const layer = (className: string, name: string, config: object, from: string | null) => ({
  class_name: className,
  config: { name, ...config },
  name,
  inbound_nodes: from === null ? [] : [[[from, 0, 0, {}]]],
});

function write(name: string, layers: ReturnType<typeof layer>[]): string {
  const [first, last] = [layers[0]?.name, layers.at(-1)?.name];
  const config = { name, layers, input_layers: [[first, 0, 0]], output_layers: [[last, 0, 0]] };
  const path = join(folder, `${name}.json`);
  writeFileSync(path, JSON.stringify({ class_name: "Functional", keras_version: "2.15.0", config }));
  return path;
}

const OVERFLOWS = write("overflows", [
  layer("InputLayer", "image", { batch_input_shape: [null, 32, 32, 3], dtype: "float32" }, null),
  layer("Rescaling", "louder", { scale: 1e4, offset: 0 }, "image"),
  layer("Activation", "exponential", { activation: "exponential" }, "louder"),
  layer("GlobalAveragePooling2D", "pool", {}, "exponential"),
]);
const WORDS = write("words", [
  layer("InputLayer", "words", { batch_input_shape: [null, 40], dtype: "int32" }, null),
  layer("Embedding", "embedding", { input_dim: 500, output_dim: 64 }, "words"),
  layer("LSTM", "lstm", { units: 48, return_sequences: true }, "embedding"),
  layer("GlobalAveragePooling1D", "pool", {}, "lstm"),
  layer("Dense", "scores", { units: 1000, activation: "softmax" }, "pool"),
]);

/** A file of a model that was saved with weights. */
function laidOut(name: string, file: string, as = `${name}-${file}`): string {
  const source = weightArchives()
    .find((each) => each.name === name && each.kerasMajor === 2)
    ?.open(file);
  if (!source) throw new Error(`there is no ${name} in weights.br`);
  const path = join(folder, as);
  writeFileSync(path, source.read(file, 0, source.size(file)));
  return path;
}

describe.skipIf(chromium === null)("numbers in a browser", { timeout: 180_000 }, () => {
  let served: Served;
  beforeAll(async () => {
    // No native library is to be found, whatever the machine has.
    served = await Served.start(chromium ?? "", { LAYERSCOPE_NATIVE: join(folder, "nowhere"), XDG_CACHE_HOME: folder });
  }, 60_000);
  afterAll(async () => {
    await served?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const engine = (page: Page, name: string) => page.getByRole("group", { name: "Engine" }).getByRole("button", { name });
  const notes = (page: Page) => page.locator(".ls-notes .ls-note").allTextContents();
  /** A narrow page has a list in place of the buttons. */
  async function run(page: Page, name = "WebAssembly"): Promise<void> {
    const list = page.getByRole("combobox", { name: "Engine" });
    if (await list.isVisible()) await list.selectOption({ label: name });
    else await engine(page, name).click();
    await expect.poll(() => page.locator("#layerscope[data-numbers]").count(), { timeout: 60_000 }).toBe(1);
  }
  /** Selects a layer wherever it is. */
  async function select(page: Page, id: string): Promise<void> {
    await page.keyboard.press("/");
    await page.keyboard.press("Control+A");
    await page.keyboard.type(id);
    await page.keyboard.press("Enter");
    await boxOf(page, id).waitFor();
    await page.waitForTimeout(400);
  }
  const facts = (page: Page) => page.locator(".ls-detail .ls-facts").first().innerText();
  /** How many colours a canvas shows: a picture of something has more than one. */
  const coloursOf = (page: Page, selector: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((node) => {
        const canvas = node as HTMLCanvasElement;
        const pixels = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
        return new Set(Array.from({ length: pixels.length / 4 }, (_, at) => [...pixels.slice(at * 4, at * 4 + 4)].join())).size;
      });

  test("an engine with numbers adds times, spread, pictures and a word on the weights", async () => {
    const page = await served.open(...GRAYSCALE);
    expect(await page.getByLabel("Fill").isVisible()).toBe(false);
    expect(await notes(page)).toEqual([]);
    await run(page);
    expect(await engine(page, "WebAssembly").getAttribute("aria-pressed")).toBe("true");
    expect(await page.getByLabel("Fill").inputValue()).toBe("ramp");
    expect(await notes(page)).toEqual([expect.stringContaining("All weights are random"), "shapes verified on wasm"]);
    expect(await page.locator(".time-bar").count()).toBeGreaterThan(50);
    expect(await page.locator(".ls-headline").textContent()).toMatch(/^Accepted: 1 → 3 channels at normalization/);
    await select(page, "stem_activation");
    expect(await facts(page)).toMatch(/time\s+[\d.]+ ms · [<\d.]+ %\s+mean ± deviation\s+\S+ ± \S+\s+range\s+\S+ … \S+\s+zeros/);
    expect(await facts(page)).toContain("verified on wasm ✓");
    await expect.poll(() => page.locator(".ls-channels canvas").count()).toBe(16);
    expect(await coloursOf(page, ".ls-figure > canvas")).toBeGreaterThan(8);
    await shoot(page, "numbers");
    await boxOf(page, "stem_activation").hover();
    await page.locator(".ls-tip-picture canvas").first().waitFor();
    await shoot(page, "numbers-tooltip");
    expect(complaintsOf(page)).toEqual([]);
    await page.close();
  });

  test("the input is shown as an image, and the first channels in one range or each in its own", async () => {
    const page = await served.open("MobileNetV2", "96x96x3");
    await run(page);
    await select(page, "input_layer");
    await page.locator(".ls-pictures h3", { hasText: "What goes in" }).waitFor();
    expect(await coloursOf(page, ".ls-figure > canvas")).toBeGreaterThan(8);
    await select(page, "Conv1_relu");
    await page.locator(".ls-channels canvas").first().waitFor();
    const range = page.locator(".ls-figure:has(.ls-channels) .ls-scale");
    expect(await range.isVisible()).toBe(true);
    await page.getByRole("button", { name: "each in its own colours" }).click();
    expect(await range.isVisible()).toBe(false);
    await shoot(page, "numbers-channels");
    await page.close();
  });

  /** Chooses a file by the fill menu, as with the keyboard: the browser asks for files only where a person does something. */
  async function fillWith(page: Page, file: string): Promise<void> {
    const asked = page.waitForEvent("filechooser");
    await page.getByLabel("Fill").focus();
    await page.keyboard.type("Im");
    await page.keyboard.press("Enter");
    await (await asked).setFiles(file);
    await page.getByLabel("Fill").blur(); // keys of the graph are none there
  }
  const IMAGES = join(import.meta.dirname, "../../images/files");

  test.each([
    ["dark", 1400, "104x96x3"],
    ["light", 1400, "96x104x3"],
    ["dark", 480, "104x104x3"],
  ] as const)(
    "an image fills the tensor, prepared as the application wants it or as one says, in theme %s, %i wide",
    async (theme, width, size) => {
      // Each size has a server of its own, which remembers what was chosen.
      const page = await served.open("MobileNetV2", size, { theme, width });
      const shape = size.split("x").slice(0, 2).join("×");
      await run(page);
      expect(await page.getByLabel("Pixels").isVisible()).toBe(false);
      await fillWith(page, join(IMAGES, "rgb-420.jpg"));
      await expect.poll(() => notes(page)).toContain(`rgb-420.jpg: ${shape} RGB, −1 to 1 as MobileNetV2’s preprocess_input gives it`);
      expect(await page.getByLabel("Fill").locator("option:checked").textContent()).toBe("rgb-420.jpg");
      await select(page, "input_layer");
      await page.locator(".ls-pictures h3", { hasText: "What goes in" }).waitFor({ state: "attached" });
      expect(await coloursOf(page, ".ls-figure > canvas")).toBeGreaterThan(100);
      await shoot(page, `numbers-image-${theme}-${width}`);
      await page.getByLabel("Pixels").selectOption("caffe");
      await expect.poll(() => notes(page)).toContain(`rgb-420.jpg: ${shape} RGB, BGR, less ImageNet’s means`);
      await page.getByLabel("Fill").selectOption("ramp");
      await expect.poll(() => page.getByLabel("Pixels").isVisible()).toBe(false);
      expect(complaintsOf(page)).toEqual([]);
      await page.close();
    },
  );

  test("what is no image says so; what ran before stays, and stays chosen", async () => {
    const page = await served.open("MobileNetV2", "96x96x3");
    await run(page);
    await fillWith(page, join(IMAGES, "rgb.png"));
    await expect.poll(() => notes(page)).toContainEqual(expect.stringContaining("rgb.png: 96×96 RGB"));
    await fillWith(page, import.meta.filename);
    await expect
      .poll(() => page.locator(".ls-headline.failed").textContent())
      .toMatch(/^numbers\.test\.ts cannot fill a tensor: PNG, JPEG/);
    await expect.poll(() => page.getByLabel("Fill").locator("option:checked").textContent()).toBe("rgb.png");
    await shoot(page, "numbers-no-image");
    await page.close();
  });

  test("a sequence is a table, and what has no places a strip of bars", async () => {
    const page = await served.open(WORDS, "40");
    await run(page);
    await select(page, "lstm");
    await expect.poll(() => page.locator(".ls-figure figcaption").textContent()).toBe("steps downwards, features to the right");
    await shoot(page, "numbers-sequence");
    await select(page, "scores");
    await expect.poll(() => page.locator(".ls-figure canvas.is-strip").count()).toBe(1);
    expect(await coloursOf(page, ".ls-figure canvas.is-strip")).toBeGreaterThan(8);
    await shoot(page, "numbers-strip");
    await page.close();
  });

  test("the first layer that gives NaN or infinity is red, and the note leads there", async () => {
    const page = await served.open(OVERFLOWS, "32x32x3");
    await run(page);
    expect(await page.locator("g.box.failed").evaluateAll((nodes) => nodes.map((node) => (node as SVGElement).dataset["id"]))).toEqual([
      "exponential",
    ]);
    expect(await boxOf(page, "exponential").locator(".badge text").textContent()).toBe("NaN");
    await page.getByRole("button", { name: "NaN or infinity from exponential on" }).click();
    await expect.poll(() => page.locator(".ls-detail h2").textContent()).toBe("exponential");
    expect(await facts(page)).toContain("NaN, infinite");
    await shoot(page, "numbers-nan");
    await page.getByLabel("Fill").selectOption("zeros");
    await expect.poll(() => page.locator("g.box.failed").count()).toBe(0);
    expect(await notes(page)).toEqual(["shapes verified on wasm"]);
    await page.close();
  });

  test("an engine that is not to be had says why and what to do; the report before stays", async () => {
    const page = await served.open("MobileNetV2", "96x96x3");
    await run(page);
    const before = await page.locator(".time-bar").count();
    await engine(page, "Native").click();
    await expect
      .poll(() => page.locator(".ls-headline.failed").textContent())
      .toMatch(/^The engine "native" is not to be had here: .*set it up with/);
    await expect.poll(() => engine(page, "WebAssembly").getAttribute("aria-pressed")).toBe("true");
    expect(await engine(page, "Native").getAttribute("aria-pressed")).toBe("false");
    expect(await page.locator(".time-bar").count()).toBe(before);
    await shoot(page, "numbers-no-native");
    await engine(page, "Shapes").click();
    await expect.poll(() => page.locator("#layerscope[data-numbers]").count()).toBe(0);
    expect(await notes(page)).toEqual([]);
    expect(await page.locator(".time-bar").count()).toBe(0);
    await page.close();
  });

  test("another shape than foretold is said to be our fault, with a report to copy", async () => {
    // A server of its own: others remember what they were filled with.
    const page = await served.open("MobileNetV2", "112x112x3");
    // A report as it would come if an engine disagreed.
    await page.routeWebSocket(/./, (socket) => {
      const server = socket.connectToServer();
      server.onMessage((message) => socket.send(String(message).replace('"differing":[]', '"differing":["Conv1","bn_Conv1"]')));
    });
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await page.reload();
    await boxOf(page, "Conv1").waitFor();
    await run(page);
    expect(await notes(page)).toEqual([
      expect.stringContaining("A fault of Layerscope's: 2 layers gave another shape on wasm than foretold"),
      expect.stringContaining("All weights are random"),
    ]);
    await shoot(page, "numbers-fault");
    await page.getByRole("button", { name: "Copy report" }).click();
    await page.getByRole("button", { name: "Copied" }).waitFor();
    const copied = JSON.parse(await page.evaluate(() => navigator.clipboard.readText()));
    expect(copied).toMatchObject({ schema: 1, numbers: { differing: ["Conv1", "bn_Conv1"] } });
    await page.getByRole("button", { name: "A fault of Layerscope" }).click();
    await expect.poll(() => facts(page)).toContain("another on wasm: a fault of Layerscope");
    await page.close();
  });

  test("a run that takes long says so, and is cancelled: all is as before", async () => {
    const page = await served.open("EfficientNetB0?keras=2", "512x512x3");
    await engine(page, "WebAssembly").click();
    const cancel = page.getByRole("button", { name: "Cancel" });
    await cancel.waitFor();
    const progress = page.locator(".ls-running-progress");
    await expect.poll(() => progress.textContent()).toMatch(/^[\w]+, \d+ of 2\d\d$/);
    const [first] = (await progress.textContent())?.match(/\d+(?= of)/) ?? [];
    await expect.poll(async () => (await progress.textContent())?.match(/\d+(?= of)/)?.[0]).not.toBe(first);
    await shoot(page, "numbers-running");
    await cancel.click();
    expect(await cancel.isVisible()).toBe(false);
    expect(await engine(page, "Shapes").getAttribute("aria-pressed")).toBe("true");
    expect(await page.locator(".ls-headline").textContent()).toMatch(/^Accepted/);
    // The helper is there for the next probe.
    await page.getByLabel("height").locator("input").fill("256");
    await expect.poll(() => boxOf(page, "input_1").locator(".shape").textContent()).toBe("256×512×3");
    await page.close();
  });

  test("weights for a model without are taken from a file that a person chooses, and what does not fit is told", async () => {
    const [model, own, other] = [
      laidOut("unet", "model.json", "bare.json"),
      laidOut("unet", "weights.h5"),
      laidOut("vgg-like", "weights.h5"),
    ];
    const page = await served.open(model, "64x64x3");
    await run(page);
    const choose = async (path: string) => {
      const asked = page.waitForEvent("filechooser");
      await page.getByRole("button", { name: "Weights…" }).click();
      await (await asked).setFiles(path);
    };
    expect(await notes(page)).toEqual([expect.stringContaining("All weights are random"), "shapes verified on wasm"]);
    await choose(other);
    await expect
      .poll(() => page.locator(".ls-headline").textContent())
      .toMatch(/^The weights in .* cannot be used: it has weights of \d+ layers/);
    await choose(own);
    await expect.poll(() => notes(page)).toEqual(["The weights are those of unet-weights.h5", "shapes verified on wasm"]);
    await shoot(page, "numbers-weights");
    await page.close();
  });

  test.each(["dark", "light", "hc"])("axe finds nothing serious in theme %s", async (theme) => {
    const page = await served.open("MobileNetV2", "96x96x3", { theme });
    await run(page);
    await fillWith(page, join(IMAGES, "rgb.png"));
    await page.getByLabel("Pixels").waitFor();
    await select(page, "Conv1_relu");
    await page.locator(".ls-channels canvas").first().waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.close();
  });

  const sizes = [
    [1400, 900],
    [1000, 700],
    [700, 700],
    [480, 900],
    [260, 800],
  ] as const;
  test.each(["dark", "light", "hc", "hc-light"].flatMap((theme) => sizes.map(([width, height]) => ({ theme, width, height }))))(
    "nothing sticks out in theme $theme at $width px",
    async ({ theme, width, height }) => {
      const page = await served.open("MobileNetV2", "96x96x3", { theme, width, height });
      await run(page);
      await page.waitForTimeout(300);
      const cut = await page
        .locator(".ls-probe-field, .ls-choice-field, .ls-note, .ls-ribbon")
        .evaluateAll(
          (nodes, most) => nodes.filter((node) => node.getBoundingClientRect().right > most).map((node) => node.className),
          width,
        );
      expect(cut).toEqual([]);
      const tops = await page
        .locator(".ls-probe-field, .ls-choice-field")
        .evaluateAll((nodes) => nodes.filter((node) => node.checkVisibility()).map((node) => node.getBoundingClientRect().top));
      // One calm row, but in a side bar.
      if (width >= 700) expect(Math.max(...tops) - Math.min(...tops)).toBeLessThan(10);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      await shoot(page, `numbers-${theme}-${width}`);
      await page.close();
    },
  );
});
