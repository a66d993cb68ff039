import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findChromium } from "./chromium";
import { boxOf, complaintsOf, Served, seriousFindings, shoot } from "./served";

const chromium = findChromium();
if (chromium === null) console.log("skipped: no Chromium found (set CHROMIUM to its path)");
if (chromium === null && process.env["CI"] === "true") throw new Error("no Chromium found: in CI the browser tests must run");

const GRAYSCALE = ["EfficientNetB5?keras=2.9", "128x128x1"] as const;

describe.skipIf(chromium === null)("the view in a browser", { timeout: 120_000 }, () => {
  let served: Served;
  beforeAll(async () => {
    served = await Served.start(chromium ?? "");
  }, 60_000);
  afterAll(() => served?.stop());

  const headline = (page: Page) => page.locator(".ls-headline");

  test("tells the grayscale story with one amber mark", async () => {
    const page = await served.open(...GRAYSCALE);
    await expect.poll(() => headline(page).textContent()).toMatch(/^Accepted: 1 → 3 channels at normalization/);
    expect(await headline(page).getAttribute("class")).toContain("broadcast");
    expect(await page.locator("g.box.broadcast").evaluateAll((nodes) => nodes.map((node) => (node as SVGElement).dataset["id"]))).toEqual([
      "normalization",
    ]);
    expect(await boxOf(page, "normalization").locator(".badge text").textContent()).toBe("1 → 3");
    expect(await boxOf(page, "normalization").locator(".operand").textContent()).toContain("mean 1×1×1×3 · weight");
    expect(await page.locator("g.box.failed").count()).toBe(0);
    expect(await page.locator(".ls-detail h2").textContent()).toBe("normalization");
    expect(complaintsOf(page)).toEqual([]);
    await shoot(page, "grayscale");
    await page.close();
  });

  test("opens and closes groups by click and by key", async () => {
    const page = await served.open(...GRAYSCALE);
    const block = boxOf(page, "group:block2");
    expect(await block.getAttribute("aria-expanded")).toBe("false");
    await block.click();
    await boxOf(page, "group:block2a").waitFor();
    expect(await block.getAttribute("aria-expanded")).toBe("true");
    await boxOf(page, "group:block2a").focus();
    await page.keyboard.press("Enter");
    await boxOf(page, "block2a_expand_conv").waitFor();
    await shoot(page, "opened");
    await page.keyboard.press("ArrowLeft");
    await boxOf(page, "block2a_expand_conv").waitFor({ state: "detached" });
    expect(await page.evaluate(() => (document.activeElement as SVGElement | null)?.dataset["id"])).toBe("group:block2a");
    await page.close();
  });

  test("arrow keys follow the edges, and a tooltip goes along", async () => {
    const page = await served.open(...GRAYSCALE);
    await boxOf(page, "input_1").focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    const tooltip = page.getByRole("tooltip");
    await expect.poll(() => tooltip.textContent()).toContain("normalization");
    for (const part of ["declared", "?×?×?×3", "1×128×128×3", "mean 3, variance 3, count scalar", "0.485", "÷ √variance"])
      expect(await tooltip.textContent()).toContain(part);
    await shoot(page, "tooltip");
    await page.keyboard.press("Escape");
    expect(await tooltip.count()).toBe(0);
    await page.close();
  });

  test("a tooltip shows on hover", async () => {
    const page = await served.open(...GRAYSCALE);
    await boxOf(page, "rescaling").hover();
    await expect.poll(() => page.getByRole("tooltip").textContent()).toContain("Rescaling");
    await page.close();
  });

  test("probes again as one types, and says why it cannot", async () => {
    const page = await served.open("EfficientNetB0?keras=2.9", "128x128x1");
    const channels = page.getByLabel("channels").locator("input");
    await channels.fill("3");
    await expect.poll(() => headline(page).textContent()).toMatch(/^Accepted · output 4×4×1280/);
    await expect.poll(() => page.locator("g.box.broadcast").count()).toBe(0);
    await channels.fill("0");
    await expect.poll(() => page.locator(".ls-reason").textContent()).toBe("channels: 0 is too small, 1 is the least");
    expect(await boxOf(page, "normalization").locator(".shape").textContent()).toBe("128×128×3");
    await channels.fill("4");
    await expect.poll(() => headline(page).getAttribute("class")).toContain("failed");
    await expect.poll(() => boxOf(page, "input_1").locator(".badge text").textContent()).toBe("refused");
    await channels.fill("1");
    await page.getByLabel("height").locator("input").fill("256");
    await expect.poll(() => boxOf(page, "input_1").locator(".shape").textContent()).toBe("256×128×1");
    await page.close();
  });

  test("a label scrubs its number", async () => {
    const page = await served.open("MobileNetV2", "128x128x3");
    const label = page.locator(".ls-scrub", { hasText: "width" });
    const at = await label.boundingBox();
    if (!at) throw new Error("no label");
    await page.mouse.move(at.x + 5, at.y + 5);
    await page.mouse.down();
    await page.mouse.move(at.x + 5 + 64, at.y + 5, { steps: 4 });
    await page.mouse.up();
    await expect.poll(() => boxOf(page, "input_layer").locator(".shape").textContent()).toBe("128×144×3");
    await page.close();
  });

  test.each([
    ["MobileNetV2", "128x128x1", "Conv1"],
    ["InceptionV3", "32x32x3", "conv2d_29"],
  ])("%s at %s fails red at %s, in sight", async (model, input, layer) => {
    const page = await served.open(model, input);
    await expect.poll(() => headline(page).textContent()).toContain(`Fails at ${layer}`);
    const failed = boxOf(page, layer);
    expect(await failed.getAttribute("class")).toContain("failed");
    expect(await page.locator("g.box.layer.failed").count()).toBe(1);
    expect(await page.locator("g.box.unreached").count()).toBeGreaterThan(3);
    const [box, stage] = [await failed.boundingBox(), await page.locator(".ls-stage").boundingBox()];
    expect(box && stage && box.y >= stage.y && box.y + box.height <= stage.y + stage.height).toBe(true);
    await shoot(page, `fails-${model}`);
    await page.close();
  });

  test("rebuilds with another input, and tells which weight loses its place", async () => {
    const page = await served.open("MobileNetV2", "128x128x1");
    const headline = page.locator(".ls-headline");
    await expect.poll(() => headline.textContent()).toContain("Fails at Conv1");
    await page.getByRole("button", { name: "Rebuild" }).click();
    await expect.poll(() => headline.textContent()).toContain("1 pretrained weight lost at Conv1");
    expect(await page.locator("g.box.failed").count()).toBe(0);
    expect(await page.getByRole("button", { name: "Rebuild" }).getAttribute("aria-pressed")).toBe("true");
    await shoot(page, "rebuilt");
    await page.getByRole("button", { name: "Feed" }).click();
    await expect.poll(() => headline.textContent()).toContain("Fails at Conv1");
    await page.close();
  });

  test("search counts, walks and opens what hides a match", async () => {
    const page = await served.open(...GRAYSCALE);
    await page.keyboard.press("/");
    await page.keyboard.type("block5c_se");
    await expect.poll(() => page.locator(".ls-count").textContent()).toBe("5");
    expect(await page.getByRole("button", { name: "Next match" }).first().isVisible()).toBe(true);
    await page.keyboard.press("Enter");
    await boxOf(page, "block5c_se_squeeze").waitFor();
    expect(await page.locator(".ls-count").textContent()).toBe("1 of 5");
    await page.keyboard.press("Shift+Enter");
    await expect.poll(() => page.locator(".ls-detail h2").textContent()).toBe("block5c_se_excite");
    await shoot(page, "search");
    await page.close();
  });

  test("opens all 577 layers, and fits them", async () => {
    const page = await served.open(...GRAYSCALE);
    await page.keyboard.press("o");
    await page.waitForFunction(() => window.layerscopeTimings?.openAll !== undefined);
    expect(await page.locator("g.box.layer").count()).toBe(577);
    await page.keyboard.press("0");
    await page.waitForTimeout(400);
    await shoot(page, "all");
    // So tall a graph is fitted by its width: names can still be read.
    const [name, frame, stage] = await Promise.all(
      [".box.layer .body", ".box.frame .body", ".ls-stage"].map((selector) => page.locator(selector).first().boundingBox()),
    );
    expect(name?.height).toBeGreaterThan(30 * 0.5);
    expect(frame?.width).toBeLessThanOrEqual(stage?.width ?? 0);
    await page.keyboard.press("c");
    await expect.poll(() => page.locator("g.box.layer").count()).toBe(4);
    await page.close();
  });

  test("in a side bar a failure inside wide groups is brought into sight", async () => {
    const page = await served.open("InceptionV3", "32x32x3", { width: 260, height: 800 });
    await page.waitForTimeout(400);
    const [box, stage] = [await boxOf(page, "conv2d_29").locator(".body").boundingBox(), await page.locator(".ls-stage").boundingBox()];
    expect(box && stage && box.x >= stage.x && box.x + box.width <= stage.x + stage.width).toBe(true);
    await page.keyboard.press("/");
    await page.keyboard.type("mixed10");
    await expect.poll(() => page.locator(".ls-count").textContent()).not.toBe("");
    await shoot(page, "side-bar-search");
    await page.close();
  });

  test("keeps zoom, place and opened groups while one types", async () => {
    const page = await served.open("EfficientNetB0?keras=2.9", "128x128x3");
    await boxOf(page, "group:block2").click();
    await boxOf(page, "group:block2a").waitFor();
    await page.keyboard.press("+");
    const seen = () => page.locator(".ls-graph > g").first().getAttribute("transform");
    const before = await seen();
    const height = page.getByLabel("height").locator("input");
    for (const size of ["12", "160", "16", "192"]) await height.fill(size);
    await expect.poll(() => boxOf(page, "input_1").locator(".shape").textContent()).toBe("192×128×3");
    expect(await boxOf(page, "group:block2a").count()).toBe(1);
    expect(await seen()).toBe(before);
    expect(await height.evaluate((field) => field.getRootNode() instanceof ShadowRoot && field.matches(":focus"))).toBe(true);
    await page.close();
  });

  test("the Tab key comes by search, tools, probe, graph, ribbon and details, in this order", async () => {
    const page = await served.open(...GRAYSCALE);
    const seen: string[] = [];
    for (let presses = 0; presses < 30 && seen.at(-1) !== "ls-detail"; presses++) {
      await page.keyboard.press("Tab");
      const part = await page.evaluate(
        () => document.activeElement?.closest(".ls-search, .ls-tools, .ls-probe, .ls-stage, .ls-ribbon, .ls-detail")?.classList[0] ?? "",
      );
      if (part !== seen.at(-1)) seen.push(part);
    }
    expect(seen).toEqual(["ls-search", "ls-tools", "ls-probe", "ls-stage", "ls-ribbon", "ls-detail"]);
    await page.close();
  });

  test("says so when the server has ended, and keeps the graph", async () => {
    const [model, input] = ["MobileNet", "96x96x3"] as const;
    const page = await served.open(model, input);
    served.end(model, input);
    await expect.poll(() => page.getByRole("alert").filter({ hasText: "has ended" }).count()).toBe(1);
    expect(await page.getByRole("button", { name: "Reload" }).isVisible()).toBe(true);
    expect(await page.locator("g.box").count()).toBeGreaterThan(3);
    expect(await page.locator(".ls-probe").getAttribute("inert")).toBe("");
    await shoot(page, "server-ended");
    await page.close();
  });

  test("remembers how one looked when the page is loaded again", async () => {
    const page = await served.open(...GRAYSCALE);
    await boxOf(page, "group:stem").click();
    await boxOf(page, "stem_bn").click();
    await page.waitForTimeout(300);
    await page.reload();
    await boxOf(page, "stem_bn").waitFor();
    await expect.poll(() => page.locator(".ls-detail h2").textContent()).toBe("stem_bn");
    await page.close();
  });

  test("the ribbon moves the stage", async () => {
    const page = await served.open(...GRAYSCALE);
    const ribbon = await page.locator(".ls-ribbon").boundingBox();
    if (!ribbon) throw new Error("no ribbon");
    await page.mouse.click(ribbon.x + 40, ribbon.y + ribbon.height - 20);
    await expect.poll(async () => (await boxOf(page, "group:top").boundingBox())?.y ?? 9999).toBeLessThan(900);
    await page.close();
  });

  test.each(["dark", "light", "hc"])("axe finds nothing serious in theme %s", async (theme) => {
    const page = await served.open(...GRAYSCALE, { theme });
    await boxOf(page, "group:stem").click();
    expect(await seriousFindings(page)).toEqual([]);
    await page.close();
  });

  const sizes = [
    [1400, 900],
    [480, 800],
    [260, 700],
  ] as const;
  test.each(["dark", "light", "hc", "hc-light"].flatMap((theme) => sizes.map(([width, height]) => ({ theme, width, height }))))(
    "nothing sticks out in theme $theme at $width px",
    async ({ theme, width, height }) => {
      const page = await served.open(...GRAYSCALE, { theme, width, height });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      const cut = await page
        .locator(".ls-probe-field, .operand")
        .evaluateAll(
          (nodes, most) => nodes.filter((node) => node.getBoundingClientRect().right > most).map((node) => node.textContent),
          width,
        );
      expect(cut).toEqual([]);
      await shoot(page, `${theme}-${width}`);
      if (width < 600) {
        await page.locator(".ls-sheet-title").click();
        await page.locator(".ls-detail-body").waitFor();
        await shoot(page, `${theme}-${width}-details`);
      }
      await page.close();
    },
  );
});
