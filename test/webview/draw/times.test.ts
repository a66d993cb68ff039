import { expect, test } from "vitest";
import { subjectOf } from "../../../webview/draw/scene";
import { timeBars } from "../../../webview/draw/times";
import { layer, report } from "../reports";

const chain = (count: number, milliseconds: (at: number) => number | undefined) =>
  subjectOf(
    report(
      Array.from({ length: count }, (_, at) => {
        const took = milliseconds(at);
        return layer(`l${at}`, at === 0 ? [] : [`l${at - 1}`], took === undefined ? {} : { milliseconds: took });
      }),
    ),
  );

test.each([
  [4, 300, 4],
  [400, 300, 100],
  [7, 2, 1],
])("%i layers on %i pixels are %i bars, and no time is lost", (layers, height, expected) => {
  const bars = timeBars(
    chain(layers, (at) => at + 1),
    height,
  );
  expect(bars).toHaveLength(expected);
  expect(bars.reduce((sum, { milliseconds }) => sum + milliseconds, 0)).toBeCloseTo((layers * (layers + 1)) / 2);
  expect([bars[0]?.first, bars.at(-1)?.last]).toEqual(["l0", `l${layers - 1}`]);
});

test("a layer that was not timed has no bar, but its place", () => {
  expect(
    timeBars(
      chain(3, (at) => (at === 0 ? undefined : 2)),
      300,
    ).map(({ milliseconds }) => milliseconds),
  ).toEqual([0, 2, 2]);
});

test("without times there are none", () => {
  expect(
    timeBars(
      chain(3, () => undefined),
      300,
    ),
  ).toEqual([]);
});
