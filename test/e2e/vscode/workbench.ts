import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium, type Frame, type Locator, type Page } from "playwright-core";
import { PICTURES } from "./places";

const FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update"];

/** A browser with VS Code in it, and what a person does there. */
export class Workbench {
  private constructor(
    readonly browser: Browser,
    readonly page: Page,
    private readonly url: string,
  ) {}

  static async open(executablePath: string, url: string): Promise<Workbench> {
    const browser = await chromium.launch({ executablePath, headless: true, args: FLAGS });
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 }, reducedMotion: "reduce" });
    const workbench = new Workbench(browser, page, url);
    await workbench.load();
    return workbench;
  }

  private async load(): Promise<void> {
    await this.page.goto(this.url);
    await this.shown();
  }

  /** Loads the window again, as people do it: VS Code writes down first what is open. */
  async reload(): Promise<void> {
    const loaded = this.page.waitForEvent("load");
    await this.command("Developer: Reload Window");
    await loaded;
    await this.shown();
  }

  private async shown(): Promise<void> {
    await this.page.locator(".monaco-workbench").waitFor({ timeout: 60_000 });
    await this.page.locator(".sidebar .monaco-list-row").first().waitFor({ timeout: 60_000 });
  }

  /** Runs a command of the palette by its title. */
  async command(title: string): Promise<void> {
    const row = this.page.locator(".quick-input-list .monaco-list-row", { hasText: title });
    for (let tries = 0; tries < 10; tries++) {
      await this.page.keyboard.press("F1");
      if (!(await appears(this.input, 2_000))) continue; // something else had the keyboard
      await this.input.fill(`>${title}`);
      // Extensions add their commands some time after the window is there; a palette that is open does not learn of them.
      if (await appears(row, 3_000)) return row.first().click();
      await this.page.keyboard.press("Escape");
    }
    throw new Error(`The palette has no command ${title}.`);
  }

  /** Types into the quick input that is open, and takes the row with this text. */
  async choose(typed: string, row: string | RegExp): Promise<void> {
    await this.input.waitFor();
    await this.input.fill(typed);
    // Not by Enter: what is in front while the list is still filling may be something else.
    await this.page.locator(".quick-input-list .monaco-list-row", { hasText: row }).first().click();
  }

  /** Runs a command that asks, and takes the row with this text. A quick input closes when a page that is still loading takes the keyboard. */
  async ask(title: string, typed: string, row: string | RegExp): Promise<void> {
    for (let tries = 0; tries < 5; tries++) {
      await this.command(title);
      const isTyped = await this.input.fill(typed, { timeout: 5_000 }).then(
        () => true,
        () => false,
      );
      if (isTyped && (await appears(this.page.locator(".quick-input-list .monaco-list-row", { hasText: row }).first(), 5_000))) {
        return this.choose(typed, row);
      }
    }
    throw new Error(`The command ${title} did not offer ${row}.`);
  }

  /** Replaces what an input box was filled with. */
  async answer(filled: string, typed: string): Promise<void> {
    await this.page.waitForFunction((text) => document.querySelector<HTMLInputElement>(".quick-input-box input")?.value === text, filled);
    await this.input.fill(typed);
    await this.page.keyboard.press("Enter");
  }

  /** Runs a command that asks with an input box, again where the palette did not run it, and replaces what the box was filled with. */
  async prompt(title: string, filled: string, typed: string): Promise<void> {
    for (let tries = 0; tries < 3; tries++) {
      await this.command(title);
      if (await appears(this.input, 10_000)) return this.answer(filled, typed);
    }
    throw new Error(`The command ${title} did not ask for anything.`);
  }

  get input(): Locator {
    return this.page.locator(".quick-input-box input");
  }

  async openFile(path: string): Promise<void> {
    await this.page.keyboard.press("Control+p");
    await this.choose(path, path.split("/").at(-1) ?? path);
  }

  /** The frame of the graph that shows `text` in an editor or in the side bar. Webviews are frames within frames. */
  async graph(text: string | RegExp = "", where: "editor" | "side" = "editor", timeoutMs = 40_000): Promise<Frame> {
    const end = Date.now() + timeoutMs;
    while (Date.now() < end) {
      for (const frame of this.page.frames()) {
        if (frame.url().includes("/fake.html") && (await this.placeOfFrame(frame)) === where && (await says(frame, text))) return frame;
      }
      await this.page.waitForTimeout(100);
    }
    throw new Error(`No graph in the ${where} shows ${text} within ${timeoutMs} ms.`);
  }

  /** Webviews lie above the parts of the window that they belong to; one that is hidden has no place. */
  private async placeOfFrame(frame: Frame): Promise<"editor" | "side" | null> {
    try {
      const box = await (await frame.parentFrame()?.frameElement())?.boundingBox();
      const editors = await this.page.locator("#workbench\\.parts\\.editor").boundingBox();
      if (!box || !editors || box.width < 10 || box.height < 10) return null;
      return box.x >= editors.x - 2 ? "editor" : "side";
    } catch {
      return null; // the frame went away
    }
  }

  /** Rests the mouse on a word of the open editor until a hover with `text` comes. */
  async hover(word: string, text: string | RegExp): Promise<string> {
    const shown = this.page.locator(".monaco-hover:not(.hidden)", { hasText: text });
    await this.page.mouse.move(1_000, 800);
    await this.page.locator(".monaco-hover:not(.hidden)").first().waitFor({ state: "hidden" });
    for (let tries = 0; tries < 20; tries++) {
      const { x, y } = await this.placeOf(word);
      await this.page.mouse.move(x, y);
      // Until the extension is active there is no hover: move away and come back.
      if (await appears(shown, 2_500)) return shown.first().innerText();
      await this.page.mouse.move(1_000, 800);
    }
    throw new Error(`No hover with ${text}.`);
  }

  /** The middle of a word of the open editor, in pixels of the page. */
  private async placeOf(word: string): Promise<{ x: number; y: number }> {
    await this.page.locator(".view-lines", { hasText: word }).first().waitFor();
    return this.page.evaluate((wanted) => {
      const texts = document.createTreeWalker(document.querySelector(".view-lines") ?? document.body, NodeFilter.SHOW_TEXT);
      for (let node = texts.nextNode(); node; node = texts.nextNode()) {
        const at = node.textContent?.indexOf(wanted) ?? -1;
        if (at < 0) continue;
        const range = document.createRange();
        range.setStart(node, at);
        range.setEnd(node, at + wanted.length);
        const { left, top, width, height } = range.getBoundingClientRect();
        return { x: left + width / 2, y: top + height / 2 };
      }
      throw new Error(`no ${wanted} in the editor`);
    }, word);
  }

  /** Closes the tab in front. */
  async closeTab(): Promise<void> {
    await this.page.locator(".tabs-container .tab.active").first().click({ button: "middle" });
  }

  /** Brings a tab to the front. */
  async tab(title: string): Promise<void> {
    await this.page.locator(".tabs-container .tab", { hasText: title }).first().click();
  }

  /** Opens the view container of an icon in the activity bar. */
  async sidePanel(title: string): Promise<void> {
    await this.page.locator(`.activitybar .action-item [aria-label^="${title}"]`).first().click();
  }

  /** A row of a tree in the side bar, by its text. */
  row(text: string | RegExp): Locator {
    return this.page.locator(".sidebar .monaco-list-row", { hasText: text }).first();
  }

  /** Takes an entry of the menu that is open. */
  async menu(entry: string): Promise<void> {
    // A click that follows the menu's opening too soon is taken for the one that opened it.
    await this.page.locator(".monaco-menu .action-item", { hasText: entry }).first().hover();
    await this.page.keyboard.press("Enter");
  }

  /** Chooses a colour theme; `kind` is what VS Code calls its kind. */
  async theme(name: string, kind: string): Promise<void> {
    if (await this.page.locator(`.monaco-workbench.${kind}`).count()) return;
    await this.command("Preferences: Color Theme");
    await this.choose(name, name);
    await this.page.locator(`.monaco-workbench.${kind}`).waitFor();
  }

  /** Sets the size of the window in pixels. */
  async size(width: number, height: number): Promise<void> {
    await this.page.setViewportSize({ width, height });
    // A narrow window has no room for the side bar.
    const isOpen = await this.page.locator(".part.sidebar").isVisible();
    if (isOpen !== width > 800) await this.page.keyboard.press("Control+b");
    await this.rest();
  }

  /** Takes the mouse to where nothing has a tooltip. */
  async rest(): Promise<void> {
    const { width, height } = this.page.viewportSize() ?? { width: 1400, height: 900 };
    await this.page.mouse.move(width / 2, height - 8);
    await this.page.waitForTimeout(500);
  }

  /** Keeps a picture; they are looked at by people. */
  async picture(name: string): Promise<void> {
    mkdirSync(PICTURES, { recursive: true });
    await this.page.screenshot({ path: join(PICTURES, `${name}.png`) });
  }

  close(): Promise<void> {
    return this.browser.close();
  }
}

async function says(frame: Frame, text: string | RegExp): Promise<boolean> {
  try {
    const shown = await frame.evaluate(() => document.body?.textContent ?? "");
    return typeof text === "string" ? shown.includes(text) : text.test(shown);
  } catch {
    return false; // the frame went away, or is loading
  }
}

function appears(locator: Locator, timeout: number): Promise<boolean> {
  return locator
    .first()
    .waitFor({ timeout })
    .then(
      () => true,
      () => false,
    );
}
