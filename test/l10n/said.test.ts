import { readFileSync } from "node:fs";
import { join } from "node:path";
import { config } from "@vscode/l10n";
import { afterAll, describe, expect, test, vi } from "vitest";
import { zooModel } from "../../src/formats";
import { prepareModel, runProbe } from "../../src/probe";

describe("said", () => {
  /** A module of its own for each language, as it reads its forms once. */
  async function saying(bundle: object) {
    config({ contents: bundle as never });
    vi.resetModules();
    return (await import("../../src/model/said")).said;
  }
  afterAll(() => config({ contents: {} }));

  test("leaves English as it is", async () => {
    const said = await saying({});
    expect(said("expected 3 channels, got 1 from 1×8×8×1")).toBe("expected 3 channels, got 1 from 1×8×8×1");
  });

  const inChinese = () => saying(JSON.parse(readFileSync(join(import.meta.dirname, "../../l10n/bundle.l10n.zh-cn.json"), "utf8")));

  test.each([
    ["expected 3 channels (kernel 3×3×3×32), got 1 from 1×60×60×1", "需要 3 个通道（卷积核 3×3×3×32），得到 1 个，来自 1×60×60×1"],
    ["window 3×3 does not fit into input 1×1", "窗口 3×3 放不进输入 1×1"],
    ["window 2×2 does not fit into input 0×1 (1×1 padded)", "窗口 2×2 放不进输入 0×1（填充后 1×1）"],
    [
      "VGG16 refuses input_shape=(64, 64, 1): with pretrained weights the input has to have 3 channels",
      "VGG16 拒绝 input_shape=(64, 64, 1)：使用预训练权重时，输入必须有 3 个通道",
    ],
    ["1×2 and 1×3 cannot be joined along axis 1: one has 2 axes, the other 3", "1×2 和 1×3 不能沿轴 1 拼接：一个有 2 个轴，另一个有 3 个"],
    ["what nobody has a form for", "what nobody has a form for"],
  ])("%s", async (english, chinese) => {
    const said = await inChinese();
    expect(said(english)).toBe(chinese);
  });

  test.each(["InceptionV3", "VGG16?include_top=true", "MobileNetV2", "EfficientNetB0"])(
    "has a form for all that %s says to a tensor",
    async (name) => {
      const said = await inChinese();
      const prepared = prepareModel(zooModel(name));
      const input = prepared.inputs[0]?.name ?? "";
      const told = new Set<string>();
      for (const shape of [
        [1, 32, 32, 3],
        [1, 64, 64, 1],
        [1, 64, 64, 4],
        [64, 64, 3],
        [1, 300, 200, 3],
      ]) {
        const { failure, gates } = await runProbe(prepared, { inputs: { [input]: shape }, mode: "feed", engine: "shapes", fill: "zeros" });
        for (const message of [failure?.message, ...gates.map((gate) => gate.message)]) if (message) told.add(message);
      }
      prepared.dispose();
      expect(told.size).toBeGreaterThan(1);
      expect([...told].filter((message) => said(message) === message)).toEqual([]);
    },
  );
});
