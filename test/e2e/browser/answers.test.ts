import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findChromium } from "./chromium";
import { boxOf, complaintsOf, Served, seriousFindings, shoot } from "./served";

const chromium = findChromium();
if (chromium === null && process.env["CI"] === "true") throw new Error("no Chromium found: in CI the browser tests must run");

const FEATURES = ["MobileNetV2", "160x160x3"] as const;

describe.skipIf(chromium === null)("answers and what-ifs in a browser", { timeout: 60_000 }, () => {
  let served: Served;
  beforeAll(async () => {
    served = await Served.start(chromium ?? "");
  }, 60_000);
  afterAll(() => served?.stop());

  const headline = (page: Page) => page.locator(".ls-headline");
  const question = (page: Page, id: string) => page.locator(`[data-question="${id}"]`);
  const open = (page: Page, id: string) => question(page, id).locator(".ls-question-title").click();
  const ghosts = (page: Page) =>
    page.locator("g.box.ghost").evaluateAll((nodes) => nodes.map((node) => (node as SVGElement).dataset["id"]));
  const rowOf = (page: Page, head: string) => question(page, "head").locator("tr", { hasText: head });
  /** The edit of the page before is on still: a server has one state for all its pages. */
  const whatIf = async (page: Page, layers: string) => {
    const field = page.locator(".ls-edit .ls-field input");
    if (!(await field.isVisible())) await page.getByRole("button", { name: "What if…" }).click();
    await field.fill(layers);
    await field.press("Enter");
  };

  test("a head for 9 classes: its numbers, its code, and its layers in the graph", async () => {
    const page = await served.open(...FEATURES);
    await open(page, "head");
    await question(page, "head").getByLabel("classes").locator("input").fill("9");
    const cells = () => rowOf(page, "average pooling").locator("td").allTextContents();
    await expect.poll(cells).toEqual(["average pooling", "1280", "9", "11,529", "any", "Show"]);
    await question(page, "head").locator("summary").first().click();
    expect(await question(page, "head").locator("pre").first().textContent()).toContain('keras.layers.Dense(9, activation="softmax")');

    await rowOf(page, "average pooling").getByRole("button").click();
    await expect.poll(() => ghosts(page)).toEqual(["global_average_pooling2d", "dense"]);
    expect(await headline(page).textContent()).toContain("output 9");
    expect(await boxOf(page, "dense").getAttribute("aria-label")).toContain("appended");
    // It is moved there.
    const isInSight = async () => {
      const [box, stage] = [await boxOf(page, "dense").boundingBox(), await page.locator(".ls-stage").boundingBox()];
      return box && stage && box.y >= stage.y && box.y + box.height <= stage.y + stage.height;
    };
    await expect.poll(isInSight).toBe(true);

    // The question stays open with what was typed and unfolded, and another head takes the place of the first.
    await expect.poll(cells).toEqual(["average pooling", "1280", "9", "11,529", "any", "shown"]);
    expect(await question(page, "head").locator("details").first().getAttribute("open")).toBe("");
    await rowOf(page, "flatten").getByRole("button").click();
    await expect.poll(() => ghosts(page)).toEqual(["flatten", "dense"]);
    await shoot(page, "head-shown");
    await page.getByRole("button", { name: "Take off: 2 layers appended" }).click();
    await expect.poll(() => ghosts(page)).toEqual([]);
    await expect.poll(() => headline(page).textContent()).toContain("output 5×5×1280");
    expect(await page.locator(".ls-edit").isVisible()).toBe(false);
    expect(complaintsOf(page)).toEqual([]);
    await page.close();
  });

  test("layers that are typed are appended, and what is refused says why and stays", async () => {
    const page = await served.open("MobileNetV2", "160x128x3");
    await whatIf(page, "Conv2D(64, 9)|GlobalAveragePoling2D()");
    const reason = page.locator(".ls-edit .ls-refusal");
    await expect.poll(() => reason.textContent()).toContain("GlobalAveragePooling2D");
    expect(await page.locator(".ls-edit .ls-field input").inputValue()).toBe("Conv2D(64, 9)|GlobalAveragePoling2D()");
    expect(await headline(page).textContent()).toContain("output 5×4×1280");
    // A window that is too large is no refusal, but a layer that fails.
    await page.locator(".ls-edit .ls-field input").fill("Conv2D(64, 9)");
    await page.getByRole("button", { name: "Append" }).click();
    await expect.poll(() => headline(page).textContent()).toContain("Fails at conv2d");
    expect(await reason.textContent()).toBe("");
    await shoot(page, "what-if-fails");
    expect(await boxOf(page, "conv2d").getAttribute("class")).toMatch(/failed.*ghost/);
    await page.close();
  });

  test("a model is cut at the selected layer", async () => {
    const page = await served.open("MobileNetV2", "128x128x3");
    await page.keyboard.press("/");
    await page.keyboard.type("block_6_expand_relu");
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Cut the model here" }).click();
    await expect.poll(() => headline(page).textContent()).toContain("output 16×16×192");
    await boxOf(page, "group:block_7").waitFor({ state: "detached" });
    await expect
      .poll(() => page.locator(".ls-detail pre").allTextContents())
      .toContainEqual(expect.stringContaining("block_6_expand_relu"));
    await page.getByRole("button", { name: "Take off: ends at block_6_expand_relu" }).click();
    await boxOf(page, "group:block_7").waitFor();
    await page.close();
  });

  test("what is open is answered again for another probe, and a comparison points out its layers", async () => {
    const page = await served.open("EfficientNetB0?keras=2.9", "128x128x1");
    await open(page, "colour");
    await expect.poll(() => question(page, "colour").locator("tbody tr").first().textContent()).toBe("input_1128×128×1128×128×3");
    await expect.poll(() => boxOf(page, "rescaling").getAttribute("class")).toContain("match");
    expect(await boxOf(page, "normalization").getAttribute("class")).not.toContain("match");
    await page.getByLabel("height").locator("input").fill("96");
    await expect.poll(() => question(page, "colour").locator("tbody tr").first().textContent()).toBe("input_196×128×196×128×3");
    await question(page, "colour").getByRole("button", { name: "rescaling" }).click();
    await expect.poll(() => page.locator(".ls-detail h2").first().textContent()).toBe("rescaling");
    await open(page, "colour");
    await expect.poll(() => boxOf(page, "rescaling").getAttribute("class")).not.toContain("match");
    await page.close();
  });

  test("a comparison waits for a model's name, and says why it cannot be made", async () => {
    const page = await served.open(...FEATURES);
    await open(page, "other");
    expect(await question(page, "other").locator(".ls-question-answers").textContent()).toBe("");
    await question(page, "other").locator("input").fill("MobileNetV22");
    await expect.poll(() => question(page, "other").locator(".ls-error").textContent()).toContain("MobileNetV22");
    await page.close();
  });

  test.each([
    ["dark", 1400],
    ["light", 1400],
    ["hc", 480],
  ])("axe finds nothing serious in open answers in theme %s at %d px", async (theme, width) => {
    const page = await served.open(...FEATURES, { theme, width });
    await whatIf(page, "GlobalAveragePooling2D()|Dense(9)");
    await expect.poll(() => ghosts(page)).toHaveLength(2);
    if (width < 600) await page.locator(".ls-sheet-title").click();
    await open(page, "head");
    await question(page, "head").locator("table").waitFor();
    await open(page, "sizes");
    await question(page, "sizes").locator("h4").first().waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await shoot(page, `answers-${theme}-${width}`);
    await page.close();
  });
});
