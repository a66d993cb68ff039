import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import AxeBuilder from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";

const ROOT = join(import.meta.dirname, "../../..");
/** Another build than that of `npm run build` may be named. */
const CLI = process.env["LAYERSCOPE_CLI"] ?? join(ROOT, "dist/cli.js");
/** Screenshots to be looked at; ignored by git. */
const PICTURES = join(ROOT, "test-output/browser");
const WAIT_MS = 60_000;

/** One browser and the servers that the tests of a file need. */
export class Served {
  private readonly servers = new Map<string, { process: ChildProcess; url: string }>();
  private constructor(
    private readonly browser: Browser,
    private readonly environment: NodeJS.ProcessEnv,
  ) {}

  /** `environment`: what the servers get besides this process's own. */
  static async start(executablePath: string, environment: NodeJS.ProcessEnv = {}): Promise<Served> {
    mkdirSync(PICTURES, { recursive: true });
    // Test machines run as root in containers, where Chromium's own sandbox cannot start.
    return new Served(await chromium.launch({ executablePath, args: ["--no-sandbox"] }), environment);
  }

  /** Opens the view of a model, as a person who follows the printed URL. */
  async open(model: string, input: string, options: { theme?: string; width?: number; height?: number } = {}): Promise<Page> {
    const url = await this.serve(model, input);
    const page = await this.browser.newPage({ viewport: { width: options.width ?? 1400, height: options.height ?? 900 } });
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    const complaints: string[] = [];
    COMPLAINTS.set(page, complaints);
    await page.goto(`${url}&theme=${options.theme ?? "dark"}`);
    await page.waitForFunction(() => window.layerscopeTimings?.firstGraph !== undefined, undefined, { timeout: WAIT_MS });
    return page;
  }

  private async serve(model: string, input: string): Promise<string> {
    const key = `${model} ${input}`;
    const running = this.servers.get(key);
    if (running) return running.url;
    const child = spawn(process.execPath, [CLI, "serve", model, "--input", input, "--no-open"], {
      stdio: ["ignore", "pipe", "pipe"],
      // Not the language of whoever runs the tests.
      env: { ...process.env, LAYERSCOPE_LANGUAGE: "en", ...this.environment },
    });
    const url = await printedUrl(child);
    this.servers.set(key, { process: child, url });
    return url;
  }

  /** Ends the server of a model, as Ctrl+C in its terminal does. */
  end(model: string, input: string): void {
    this.servers.get(`${model} ${input}`)?.process.kill("SIGINT");
    this.servers.delete(`${model} ${input}`);
  }

  async stop(): Promise<void> {
    await this.browser.close();
    for (const { process: child } of this.servers.values()) child.kill();
  }
}

const COMPLAINTS = new WeakMap<Page, string[]>();
/** Errors that the page wrote to its console. */
export const complaintsOf = (page: Page) => COMPLAINTS.get(page) ?? [];

function printedUrl(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = "";
    const listen = (chunk: Buffer) => {
      printed += chunk;
      const url = /http:\/\/127\.0\.0\.1\S+/.exec(printed)?.[0];
      if (url) resolve(url);
    };
    child.stdout?.on("data", listen);
    child.stderr?.on("data", listen);
    child.on("exit", (code) => reject(new Error(`serve ended with ${code}: ${printed.slice(-500)}`)));
  });
}

export const shoot = (page: Page, name: string) => page.screenshot({ path: join(PICTURES, `${name}.png`) });

/** A box of the graph by its id. */
export const boxOf = (page: Page, id: string) => page.locator(`g.box[data-id="${id}"]`);

/** Serious and critical findings of axe on a page. */
export async function seriousFindings(page: Page) {
  // The page's policy refuses injected scripts, so the checker comes in through the debugger.
  await page.evaluate(AxeBuilder.source);
  const found = await page.evaluate(async () => {
    const axe = (window as unknown as { axe: typeof AxeBuilder }).axe;
    const { violations } = await axe.run(document, { resultTypes: ["violations"] });
    return violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.map((node) => node.html.slice(0, 160)).slice(0, 3) }));
  });
  return found.filter(({ impact }) => impact === "serious" || impact === "critical");
}
