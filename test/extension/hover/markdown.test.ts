import { describe, expect, test } from "vitest";
import { coded, escaped } from "../../../src/extension/hover/markdown";

describe("escaped", () => {
  test.each([
    ["block1a", "block1a"],
    ["<script>alert(1)</script>", "&lt;script&gt;alert\\(1\\)&lt;/script&gt;"],
    ["[x](command:evil)", "\\[x\\]\\(command:evil\\)"],
    ["**a**_b_`c`", "\\*\\*a\\*\\*\\_b\\_\\`c\\`"],
    ["![i](http://x)\n# h", "\\!\\[i\\]\\(http://x\\) \\# h"],
    ["$(zap)", "\\$\\(zap\\)"],
    ["&lt;", "&amp;lt;"],
  ])("%j", (text, markdown) => expect(escaped(text)).toBe(markdown));
});

describe("coded", () => {
  test.each([
    ["128×128×3", "`128×128×3`"],
    ["a`b", "``a`b``"],
    ["``", "``` `` ```"],
    ["", "`  `"],
    ["a\n\nb", "`a b`"],
  ])("%j", (text, markdown) => expect(coded(text)).toBe(markdown));
});
