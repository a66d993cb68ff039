import { describe, expect, test } from "vitest";
import { layersOf } from "../../../webview/graph/summary";
import { type Group, groups, type Item } from "../../../webview/groups";
import { zooReply } from "../zoo-replies";

const isGroup = (item: Item): item is Group => item.kind === "group";
/** Titles of the groups that were found in names; nested models are groups anyway. */
const titles = (items: readonly Item[]) =>
  items
    .filter(isGroup)
    .filter((group) => group.origin !== "nested")
    .map((group) => group.title);
const numbered = (prefix: string, first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, at) => `${prefix}${first + at}`);

/** Titles of the groups at the top, and of those inside one of them. */
const CASES: [spec: string, top: string[], inside: [string, string[]]][] = [
  [
    "EfficientNetB5?keras=2.9",
    ["stem", ...numbered("block", 1, 7), "top"],
    ["block3", ["block3a", "block3b", "block3c", "block3d", "block3e"]],
  ],
  ["EfficientNetV2B2", ["stem", ...numbered("block", 1, 6), "top"], ["block1", ["block1a", "block1b"]]],
  ["MobileNetV2", ["expanded_conv", ...numbered("block_", 1, 16)], ["block_1", []]],
  ["MobileNetV3Small", ["expanded_conv", ...numbered("expanded_conv_", 1, 10)], ["expanded_conv_3", []]],
  ["ResNet50", ["conv1", ...numbered("conv", 2, 5)], ["conv2", numbered("conv2_block", 1, 3)]],
  ["ResNet50V2", numbered("conv", 2, 5), ["conv3", numbered("conv3_block", 1, 4)]],
  ["DenseNet121", ["conv1", "conv2", "pool2", "conv3", "pool3", "conv4", "pool4", "conv5"], ["conv2", numbered("conv2_block", 1, 6)]],
  ["InceptionV3", ["stem", ...numbered("mixed", 0, 10)], ["mixed3", []]],
  [
    "InceptionResNetV2",
    ["stem", "mixed_5b", "block35", "mixed_6a", "block17", "mixed_7a", "block8", "conv_7"],
    ["block35", numbered("block35_", 1, 10)],
  ],
  ["Xception", numbered("block", 1, 14), ["block2", []]],
  ["VGG16", numbered("block", 1, 5), ["block1", []]],
  ["ConvNeXtTiny?keras=2", numbered("stage_", 0, 3), ["stage_0", numbered("stage_0_block_", 0, 2)]],
  ["RegNetX002", ["stem", ...numbered("Stage_", 0, 3)], ["Stage_3", numbered("Stage_3_XBlock_", 0, 6)]],
  ["ResNetRS50", ["stem_1", ...numbered("BlockGroup", 2, 5)], ["BlockGroup2", numbered("BlockGroup2__block_", 0, 2)]],
];

describe("groups of the zoo", () => {
  test.each(CASES)("%s", async (spec, top, [outer, inner]) => {
    const { report } = await zooReply(spec);
    const items = groups(report);
    expect(titles(items)).toEqual(top);
    const group = items.filter(isGroup).find(({ title }) => title === outer);
    expect(titles(group?.children ?? [])).toEqual(inner);
    const leaves = report.layers.filter((row) => !row.nested);
    expect(items.flatMap(layersOf).toSorted()).toEqual(leaves.map((row) => row.id).toSorted());
  });

  test("NASNetMobile is one group a cell, though its names say it at their end", async () => {
    const { report } = await zooReply("NASNetMobile");
    expect(titles(groups(report))).toEqual(
      expect.arrayContaining(["reduction_stem_1", "normal_1", "normal_5", "reduction_reduce_4", "normal_12"]),
    );
    expect(groups(report).length).toBeLessThan(25);
  });

  test("a segment ends at its concatenation, whatever stands beside", async () => {
    const { report } = await zooReply("InceptionV3");
    const mixed10 = groups(report)
      .filter(isGroup)
      .find(({ title }) => title === "mixed10");
    expect(layersOf(mixed10 as Group)).toEqual(expect.arrayContaining(["mixed9_1", "mixed10"]));
    expect(layersOf(mixed10 as Group)).not.toContain("mixed9");
  });

  test("preprocessing stays in sight", async () => {
    const { report } = await zooReply("EfficientNetB5?keras=2.9", [1, 128, 128, 1]);
    const singles = groups(report).filter((item) => item.kind === "layer");
    expect(singles.map((item) => item.id)).toEqual(["input_1", "rescaling", "normalization", "tf.math.truediv"]);
  });
});
