// Of models that people build: what is said of sizes holds where each size is probed by itself.
import { describe, expect, test } from "vitest";
import { openModel } from "../../../src/formats";
import { prepareModel, runProbe, sizesOf } from "../../../src/probe";
import { variedInput } from "../../../src/probe/sizes/axes";
import { Trials } from "../../../src/probe/sizes/trials";
import { savedModels } from "../../models/load";

const SAVED = savedModels();

async function prepared(name: string) {
  const saved = SAVED.find((each) => each.name === name && each.kerasMajor === 3) ?? expect.fail(`no ${name}`);
  return prepareModel(await openModel(saved.open(saved.groups[0]?.files[0] as string)));
}

const FULLY = { any_size: true, tied: null };
const MULTIPLES_OF_4 = { ranges: [], beyond: { from: 4, period: 4, remainders: [0] } };

describe("what is said of a model's sizes", () => {
  test.each<[string, object]>([
    ["unet", { minimum: [4, 4], limit: "max_pooling2d_1", any_size: false, sides: MULTIPLES_OF_4, tied: null }],
    ["retinanet-like", { minimum: [1, 1], sides: { ranges: [[1, 4]], beyond: { from: 5, period: 16, remainders: [0, 13, 14, 15] } } }],
    [
      "inception-like",
      {
        minimum: [11, 11],
        limit: "conv2d_9",
        ...FULLY,
        wished: {
          size: [224, 224],
          even: [
            [223, 223],
            [227, 227],
          ],
        },
      },
    ],
    ["vgg-like", { minimum: [30, 30], limit: "dense", sides: { ranges: [[30, 33]] }, tied: { layer: "dense", cause: "flatten" } }],
    [
      "channels-first-flatten",
      { minimum: [16, 16], limit: "dense", input: { axes: ["height", "width"] }, channels: [{}, {}, { accepted: true }, {}] },
    ],
    ["transfer-functional", { minimum: [32, 32], limit: "backbone", tied: { layer: "backbone" } }],
    ["keyword-spotting", { minimum: [1, 1], ...FULLY, wished: { size: [40, 32] } }],
    ["scan-of-volumes", { minimum: null, smallest: [12, 12, 12], ...FULLY, channels: [] }],
    ["text-cnn", { minimum: null, smallest: [5], limit: "conv1d_2", ...FULLY, input: { axes: ["length"] } }],
    ["raw-audio", { minimum: null, smallest: [492], ...FULLY }],
    ["wave-unet", { smallest: [2], sides: { beyond: { from: 2, period: 2, remainders: [0] } } }],
    [
      "autoencoder-dense",
      { minimum: null, smallest: null, input: null, channels: [], reason: expect.stringContaining("vector of numbers") },
    ],
    ["own-layer-with-a-weight", { minimum: null, smallest: null, any_size: false, reason: expect.stringContaining("is unknown") }],
  ])("%s", async (name, expected) => {
    const model = await prepared(name);
    const found = await sizesOf(model);
    expect(found).toMatchObject(expected);
    const varied = variedInput(model);
    // Alone and in company a size fares alike: a trial that ends where an earlier one was knows what follows.
    const trials = new Trials(model, varied ?? { name: "", declared: [], axes: [], together: [], places: [], channelsPlace: null });
    const [least = 1] = found.smallest ?? [];
    const sides = varied ? [least, least - 1, least + 1, least + 3, least + 16, least + 31, 2 * least].filter((side) => side > 0) : [];
    for (const side of [...sides, ...sides].reverse()) {
      const sizes = (varied?.axes ?? []).map(() => side);
      const alone = trials.obstacle(sizes);
      expect([side, trials.try(sizes).failure]).toEqual([side, alone && { layer: alone.layer, message: alone.message }]);
    }
    model.dispose();
  });

  test("a size that is wished for: what runs beside it, what the input check says, and sizes that are none", async () => {
    const model = await prepared("vgg-like");
    const { wished } = await sizesOf(model, { size: [32, 64, 3] });
    expect(wished).toMatchObject({
      size: [32, 64],
      gate: null,
      obstacle: { layer: "dense" },
      smallest: [null, 30],
    });
    for (const size of [[32], [32, 0], [32, 1.5], [9999, 9999], [1, 2, 3, 4]])
      await expect(sizesOf(model, { size })).rejects.toMatchObject({
        name: "UserError",
        message: expect.stringContaining("height and width"),
      });
    await expect(sizesOf(model, {}, AbortSignal.abort())).rejects.toMatchObject({ name: "AbortError" });
    model.dispose();
    const declared = await prepared("unet-valid");
    expect((await sizesOf(declared, { size: [60, 64] })).wished).toMatchObject({ gate: expect.stringContaining("60×64"), obstacle: null });
    declared.dispose();
  });

  test("at the minimum a probe passes, and at every smaller square it fails", async () => {
    const model = await prepared("inception-like");
    const [least = 0] = (await sizesOf(model)).minimum ?? [];
    const input = model.inputs[0]?.name ?? "";
    for (let side = 1; side <= least; side++) {
      const report = await runProbe(model, { inputs: { [input]: [1, side, side, 3] }, mode: "feed", engine: "shapes", fill: "zeros" });
      expect([side, report.failure === null]).toEqual([side, side === least]);
    }
    model.dispose();
  });
});
