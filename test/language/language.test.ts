import { basename } from "node:path";
import { describe, expect, test } from "vitest";
import { languageOf, textsFile } from "../../src/language";

describe("languageOf", () => {
  test.each([
    [{}, "en"],
    [{ LANG: "C" }, "en"],
    [{ LANG: "C.UTF-8" }, "en"],
    [{ LC_ALL: "POSIX", LANG: "zh_CN.UTF-8" }, "en"],
    [{ LANG: "en_US.UTF-8" }, "en-us"],
    [{ LANG: "zh_CN.UTF-8" }, "zh-cn"],
    [{ LANG: "zh_CN.UTF-8", LC_ALL: "" }, "zh-cn"],
    [{ LANG: "en_US.UTF-8", LC_MESSAGES: "zh_SG" }, "zh-cn"],
    [{ LANG: "de_AT@euro", LAYERSCOPE_LANGUAGE: "zh-CN" }, "zh-cn"],
    [{ LANG: "de_AT@euro" }, "de-at"],
    [{ LANG: "zh" }, "zh-cn"],
    [{ LANG: "zh_TW.UTF-8" }, "zh-tw"],
  ])("%j reads %s", (environment, language) => expect(languageOf(environment)).toBe(language));
});

describe("textsFile", () => {
  test.each([
    ["zh-cn", "bundle.l10n.zh-cn.json"],
    ["zh-tw", null],
    ["en", null],
    ["en-us", null],
    ["tlh", null],
    ["../../package", null],
    ["", null],
  ])("of %s is %s", (language, name) => {
    const file = textsFile(language);
    expect(file && basename(file)).toBe(name);
  });
});
