import { describe, expect, test } from "vitest";
import { ribbonRows } from "../../../webview/draw/ribbon";
import { subjectOf } from "../../../webview/draw/scene";
import { layer, report } from "../reports";
import { zooReply } from "../zoo-replies";

describe("ribbonRows", () => {
  // Padding before a strided convolution adds a few pixels.
  test("sizes shrink and channels grow; branches on one position do not show", async () => {
    const rows = ribbonRows(subjectOf((await zooReply("EfficientNetB0", [1, 224, 224, 3])).report));
    const sides = rows.map((row) => row.side ?? 0).slice(10);
    expect(Math.min(...sides)).toBe(7);
    expect(sides.every((side, at) => at === 0 || side <= (sides[at - 1] ?? 0) + 4)).toBe(true);
    expect(rows.at(-1)).toMatchObject({ side: 7, channels: 1280 });
  });

  test("what was not reached has no size", () => {
    const rows = ribbonRows(
      subjectOf(
        report([
          layer("a"),
          layer("b", ["a"], { status: "failed", output: null }),
          layer("c", ["b"], { status: "unreached", output: null }),
        ]),
      ),
    );
    expect(rows.map((row) => row.side)).toEqual([8, null, null]);
  });

  test("vectors have side 1", () => {
    expect(ribbonRows(subjectOf(report([layer("a", [], { output: [[1, 64]] })])))[0]).toEqual({ id: "a", side: 1, channels: 64 });
  });
});
