import { expect, test } from "vitest";
import { clip, grouped, printable, wrap } from "../../src/cli/text";
import { nearest } from "../../src/model";

test.each([
  ["plain − ×✓", "plain − ×✓"],
  ["\u001b[2J", "�[2J"],
  ["a\r\nb\tc", "a��b�c"],
  ["\u202egnp.exe", "�gnp.exe"],
  ["\u2028\u0085", "��"],
])("%j is printed as %j", (text, safe) => expect(printable(text)).toBe(safe));

test.each([
  ["one two three", 7, ["one two", "three"]],
  ["one two three", 13, ["one two three"]],
  ["a longerthanwide b", 5, ["a", "longerthanwide", "b"]],
  ["  spaces \n between ", 80, ["spaces between"]],
  ["", 10, []],
  ["在 normalization 层，通道被重复。", 21, ["在 normalization 层，", "通道被重复。"]],
  ["一二三四五六", 5, ["一二", "三四", "五六"]],
  ["一二（三）四", 6, ["一二", "（三）", "四"]],
])("%j in %i columns", (text, width, lines) => expect(wrap(text, width)).toEqual(lines));

test.each([
  ["abcdef", 6, "abcdef"],
  ["abcdef", 5, "abcd…"],
  ["abcdef", 1, "…"],
  ["abcdef", 0, "…"],
])("%s clipped to %i", (text, width, clipped) => expect(clip(text, width)).toBe(clipped));

test.each([
  ["inspct", "inspect"],
  ["INSPECT", "inspect"],
  ["serv", "serve"],
  ["modles", "models"],
  ["frobnicate", undefined],
  ["", undefined],
])("what is meant by %j: %s", (typed, meant) => expect(nearest(typed, ["inspect", "serve", "models"])).toBe(meant));

test("counts are grouped alike everywhere", () => expect([0, 999, 28_513_527].map(grouped)).toEqual(["0", "999", "28,513,527"]));
