// The view in a real browser: what the page itself says it took (`window.layerscopeTimings`, milliseconds).
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { writeGraph } from "./graph-file.mjs";
import { median, ROOT } from "./measure.mjs";

const RUNS = 5;
const NAMES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
const findBrowser = () => [process.env.CHROMIUM, ...NAMES].find((path) => path && existsSync(path));
/** What is visited: arguments of `serve`, and by the name of a timing of the page what it measures and its limit in milliseconds. */
const VISITS = [
  {
    model: () => ["EfficientNetB5", "--input", "128x128x1"],
    measures: {
      firstGraph: ["closed graph of EfficientNetB5 drawn, after navigation", 1_000],
      openAll: ["all of its layers laid out and drawn", 1_500],
    },
  },
  {
    model: (folder) => {
      const path = join(folder, "long.pb");
      writeGraph(path, 10_000, 8);
      return [path];
    },
    measures: { firstGraph: ["graph of 10,000 operations drawn closed, after navigation", 2_000] },
  },
];

export async function browserRows() {
  const executablePath = findBrowser();
  const measured = VISITS.flatMap(({ measures }) => Object.values(measures));
  if (!executablePath) return measured.map(([what]) => ({ what, skipped: "no Chromium found; name one in CHROMIUM" }));
  const folder = mkdtempSync(join(tmpdir(), "layerscope-bench-"));
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  try {
    const rows = [];
    for (const visit of VISITS) rows.push(...(await rowsOf(visit, browser, folder)));
    return rows;
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function rowsOf({ model, measures }, browser, folder) {
  const served = spawn(process.execPath, [join(ROOT, "dist/cli.js"), "serve", ...model(folder), "--no-open"]);
  try {
    const url = await addressOf(served);
    const names = Object.keys(measures);
    const runs = [];
    for (let run = 0; run < RUNS; run++) runs.push(await timings(browser, url, names));
    return names.map((name) => {
      const [what, limit] = measures[name];
      return { what, measured: median(runs.map((run) => run[name])), limit, unit: "ms" };
    });
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

/** One visit: from navigation to the closed graph, and from the key that opens all groups to their drawing where that is wanted. */
async function timings(browser, url, names) {
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  const noted = (name) => page.waitForFunction((each) => window.layerscopeTimings?.[each], name).then((found) => found.jsonValue());
  await page.goto(url);
  const found = { firstGraph: await noted("firstGraph") };
  if (names.includes("openAll")) {
    await page.keyboard.press("o");
    found.openAll = await noted("openAll");
  }
  await page.close();
  return found;
}
