import { expect, test } from "vitest";
import { quotedAt } from "../../../src/extension/hover/quoted";

test.each([
  ['model.get_layer("stem_co¦nv")', "stem_conv"],
  ["model.get_layer('stem¦_conv')", "stem_conv"],
  ['{"name": "block1a/dw¦conv", "x": 1}', "block1a/dwconv"],
  ["f(\"it's\", 'a\\'b¦')", "a'b"],
  ["¦'a'", "a"],
  ["'a'¦", null],
  ["'a' + ¦b + 'c'", null],
  ["no quotes¦", null],
  ["'open¦", null],
])("%s", (marked, text) => {
  const column = marked.indexOf("¦");
  expect(quotedAt(marked.replace("¦", ""), column)?.text ?? null).toBe(text);
});
