import { once } from "node:events";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Program } from "./program";

let program: Program;
beforeAll(async () => {
  program = await Program.build();
});
afterAll(() => program.remove());

/** What a person's environment says; an empty variable says nothing. */
const speaking = (LANG: string) => ({ LAYERSCOPE_LANGUAGE: "", LC_ALL: "", LC_MESSAGES: "", LANG });

test.each([
  ["zh_CN.UTF-8", "已接受：1 → 3 通道，在 normalization · 输出 2×2×1280 · 4.0 M 个参数", "参数数"],
  ["de_DE.UTF-8", "Accepted: 1 → 3 channels at normalization · output 2×2×1280 · 4.0 M parameters", "Param #"],
])("%s", async (language, headline, column) => {
  const { stdout, status } = await program.run(["inspect", "EfficientNetB0", "--input", "64x64x1"], speaking(language));
  expect(stdout).toContain(`\n${headline}\n`);
  expect(stdout).toContain(column);
  expect(status).toBe(0);
});

test("what a layer refuses is said in the language, and the status is the same", async () => {
  const { stdout, status } = await program.run(["inspect", "VGG16", "--input", "64x64x1"], speaking("zh_CN.UTF-8"));
  expect(stdout).toContain("在 block1_conv1 失败：需要 3 个通道，得到 1 个，来自 1×64×64×1");
  expect(status).toBe(1);
});

test("programs get the same JSON in every language", async () => {
  const words = ["inspect", "VGG16", "--input", "64x64x1", "--json"];
  const [english, chinese] = [await program.run(words), await program.run(words, speaking("zh_CN.UTF-8"))];
  expect(chinese).toEqual(english);
  expect(JSON.parse(chinese.stdout).failure.message).toContain("expected 3 channels");
});

test.each([
  ["zh_CN.UTF-8", "zh-cn", 200],
  ["en_US.UTF-8", "en", 404],
])("serve %s: the page says that it is %s, and gets its texts", async (language, lang, status) => {
  const server = program.start(["serve", "VGG16", "--no-open"], speaking(language));
  try {
    let printed = "";
    for await (const text of server.stdout ?? []) {
      printed += text;
      if (/token=\w+/.test(printed) && printed.endsWith("\n")) break;
    }
    const url = /http:\S+/.exec(printed)?.[0] ?? "";
    expect(await (await fetch(url)).text()).toContain(`<html lang="${lang}">`);
    const texts = await fetch(url.replace("/?", "/texts.json?"));
    expect(texts.status).toBe(status);
    if (texts.ok) expect(await texts.json()).toHaveProperty("Accepted", "已接受");
  } finally {
    server.kill("SIGINT");
    await once(server, "close");
  }
});
