import { hsl } from "d3";
import { describe, expect, test } from "vitest";
import { FAMILIES } from "../../../webview/draw/families";
import { GRAPH_STYLE } from "../../../webview/draw/style";
import { type ColourName, colour, colourVariables, THEMES, type ThemeName, withColours } from "../../../webview/theme/palette";

/** @see https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio */
function contrast(one: string, other: string): number {
  const luminance = (hex: string) => {
    const [r = 0, g = 0, b = 0] = [1, 3, 5]
      .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].toSorted((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const PAIRS: [ColourName, ColourName, number][] = [
  ["text", "background", 7],
  ["text", "card", 7],
  ["dim", "card", 4.5],
  ["link", "background", 4.5],
  ["amber", "amberFill", 4.5],
  ["onAmber", "amber", 4.5],
  ["red", "redFill", 4.5],
  ["onRed", "red", 4.5],
  ...FAMILIES.map((family): [ColourName, ColourName, number] => [family, "card", 3]),
];

describe.each([...THEMES])("theme %s", (theme: ThemeName) => {
  test.each(PAIRS)("%s on %s has a contrast of at least %f", (front, back, least) => {
    expect(contrast(colour(front, theme), colour(back, theme))).toBeGreaterThanOrEqual(least);
  });

  test.each(FAMILIES.map((family) => [family]))("%s is neither amber nor red", (family) => {
    const { h, s } = hsl(colour(family, theme));
    const distance = (to: number) => Math.min(Math.abs(h - to), 360 - Math.abs(h - to));
    if (s > 0.25) expect(Math.min(distance(hsl(colour("amber", theme)).h), distance(hsl(colour("red", theme)).h))).toBeGreaterThan(14);
  });

  test("standalone pictures have no variables left", () => {
    expect(withColours(GRAPH_STYLE, theme)).not.toContain("var(");
  });
});

test("every colour that the style names is in the palette", () => {
  const named = new Set([...GRAPH_STYLE.matchAll(/--ls-(\w+)/g)].map((match) => match[1]));
  for (const name of named) expect(colourVariables()).toContain(`--ls-${name}:`);
});
