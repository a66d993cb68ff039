import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findChromium } from "./chromium";
import { boxOf, complaintsOf, Served, seriousFindings, shoot } from "./served";

const chromium = findChromium();
if (chromium === null && process.env["CI"] === "true") throw new Error("no Chromium found: in CI the browser tests must run");

describe.skipIf(chromium === null)("the view in Chinese", { timeout: 120_000 }, () => {
  let served: Served;
  beforeAll(async () => {
    served = await Served.start(chromium ?? "", { LAYERSCOPE_LANGUAGE: "", LC_ALL: "zh_CN.UTF-8" });
  }, 60_000);
  afterAll(() => served?.stop());

  test("says what happened, what each field is, and what a report says in English", async () => {
    const page = await served.open("VGG16", "64x64x1");
    expect(await page.locator("html").getAttribute("lang")).toBe("zh-cn");
    await expect
      .poll(() => page.locator(".ls-headline").textContent())
      .toMatch(/^在 block1_conv1 失败：需要 3 个通道，得到 1 个，来自 1×64×64×1$/);
    await page.getByRole("textbox", { name: "通道" }).waitFor();
    expect(await boxOf(page, "block1_conv1").locator(".badge text").textContent()).toBe("失败");
    expect(await seriousFindings(page)).toEqual([]);
    expect(complaintsOf(page)).toEqual([]);
    await shoot(page, "chinese");
    await page.close();
  });

  test("has controls in the page's colours, though they come before its texts", async () => {
    const page = await served.open("VGG16", "64x64x1", { theme: "light" });
    const field = page.locator("vscode-text-field").first().locator(".root");
    const colour = await field.evaluate((node) => getComputedStyle(node).backgroundColor);
    expect(Math.min(...(colour.match(/\d+/g) ?? []).slice(0, 3).map(Number))).toBeGreaterThan(200);
    await page.close();
  });

  test("answers a question", async () => {
    const page = await served.open("VGG16", "64x64x3");
    await page.getByRole("button", { name: "怎样让它输出我自己的类别？" }).click();
    await page.locator('.ls-question[data-question="head"] table', { hasText: "平均池化" }).waitFor();
    await page.close();
  });
});
