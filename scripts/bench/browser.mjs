// The view in a real browser: what the page itself says it took (`window.layerscopeTimings`, milliseconds).
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { median, ROOT } from "./measure.mjs";

const RUNS = 5;
const NAMES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const findBrowser = () => [process.env.CHROMIUM, ...NAMES].find((path) => path && existsSync(path));
const WHAT = ["closed graph of EfficientNetB5 drawn, after navigation", "all of its layers laid out and drawn"];

export async function browserRows() {
  const executablePath = findBrowser();
  if (!executablePath) return WHAT.map((what) => ({ what, skipped: "no Chromium found; name one in CHROMIUM" }));
  const served = spawn(process.execPath, [join(ROOT, "dist/cli.js"), "serve", "EfficientNetB5", "--input", "128x128x1", "--no-open"]);
  try {
    const url = await addressOf(served);
    const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
    const runs = [];
    for (let run = 0; run < RUNS; run++) runs.push(await timings(browser, url));
    await browser.close();
    const limits = [1_000, 1_500];
    return WHAT.map((what, index) => ({ what, measured: median(runs.map((run) => run[index])), limit: limits[index], unit: "ms" }));
  } finally {
    served.kill("SIGTERM");
  }
}

function addressOf(served) {
  return new Promise((resolve, reject) => {
    let printed = "";
    served.stdout.on("data", (text) => {
      printed += text;
      const found = /http:\/\/127\.0\.0\.1\S+/.exec(printed);
      if (found) resolve(found[0]);
    });
    served.once("close", (status) => reject(new Error(`serve ended with ${status}`)));
  });
}

/** One visit: from navigation to the closed graph, and from the key that opens all groups to their drawing. */
async function timings(browser, url) {
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  const noted = (name) => page.waitForFunction((each) => window.layerscopeTimings?.[each], name).then((found) => found.jsonValue());
  await page.goto(url);
  const closed = await noted("firstGraph");
  await page.keyboard.press("o");
  const open = await noted("openAll");
  await page.close();
  return [closed, open];
}
