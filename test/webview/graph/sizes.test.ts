import { describe, expect, test } from "vitest";
import { compose, prepare, subjectOf } from "../../../webview/draw/scene";
import { METRICS, ROOMY, TIGHT } from "../../../webview/graph/metrics";
import { layOut } from "../../../webview/layout/layout";
import { grayscale } from "../broadcasts";
import { layer, report } from "../reports";

const subject = subjectOf(
  report([layer("input"), layer("normalization", ["input"], { className: "Normalization" }), layer("after", ["normalization"])], {
    broadcasts: [grayscale],
  }),
);

describe.each([
  ["roomy", ROOMY],
  ["tight", TIGHT],
] as const)("%s", (_, density) => {
  const { boxes, request } = prepare(subject, new Set(), density);
  const sizes = new Map(request.boxes.map((box) => [box.id, box]));
  const { layout } = compose(subject, boxes, layOut(request));

  test("the operand stands beside its layer, or on a line of its own inside it", () => {
    const marked = sizes.get("normalization");
    expect(marked?.height).toBe(METRICS.layerHeight + (density.isStacked ? METRICS.operandLine : 0));
    expect((marked?.aside ?? 0) > 0).toBe(!density.isStacked);
  });
  test("boxes of one column are equally wide, within the bounds", () => {
    const widths = new Set(request.boxes.map(({ width }) => width));
    expect(widths.size).toBe(1);
    for (const width of widths) {
      expect(width).toBeGreaterThanOrEqual(density.narrowest);
      expect(width).toBeLessThanOrEqual(density.widest);
    }
  });
  test("the drawing keeps its margin", () => {
    expect(Math.min(...layout.places.map(({ x }) => x))).toBeCloseTo(density.margin);
  });
});

test("a side bar of 250 pixels holds the tight drawing at a zoom that can be read", () => {
  const { boxes, request } = prepare(subject, new Set(), TIGHT);
  expect(compose(subject, boxes, layOut(request)).layout.width * 0.8).toBeLessThan(250 - 26);
});
