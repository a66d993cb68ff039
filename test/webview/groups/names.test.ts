import { describe, expect, test } from "vitest";
import { commonPrefix, isDefaultName, namePrefixes } from "../../../webview/groups/names";

describe("namePrefixes", () => {
  test.each([
    ["block2a_expand_conv", ["block2", "block2a", "block2a_expand", "block2a_expand_conv"]],
    ["conv2_block1_1_conv", ["conv2", "conv2_block1", "conv2_block1_1", "conv2_block1_1_conv"]],
    ["block_1_expand_BN", ["block_1", "block_1_expand", "block_1_expand_BN"]],
    ["x_stage_0_block_12_gelu", ["x", "x_stage_0", "x_stage_0_block_12", "x_stage_0_block_12_gelu"]],
    ["BlockGroup2__block_0__conv_1", ["BlockGroup2", "BlockGroup2__block_0", "BlockGroup2__block_0__conv_1"]],
    ["mixed_5b", ["mixed_5", "mixed_5b"]],
    ["mixed3", ["mixed3"]],
    ["conv1/bn", ["conv1", "conv1/bn"]],
    ["input", ["input"]],
    ["", []],
  ])("%s is cut into %j", (name, keys) => {
    expect(namePrefixes(name).map((prefix) => prefix.key)).toEqual(keys);
  });

  test("tells numbered prefixes from words", () => {
    expect(namePrefixes("stem_conv1_bn").map((prefix) => prefix.isNumbered)).toEqual([false, true, false]);
  });
});

describe("isDefaultName", () => {
  test.each([
    ["conv2d_29", "Conv2D", true],
    ["re_lu", "ReLU", true],
    ["max_pooling2d_1", "MaxPooling2D", true],
    ["tf.math.truediv", "TFOpLambda", true],
    ["input_1", "InputLayer", true],
    ["custom_scale_layer_39", "CustomScaleLayer", true],
    ["mixed3", "Concatenate", false],
    ["conv1", "Conv2D", false],
    ["block2a_bn", "BatchNormalization", false],
  ])("%s of class %s: %s", (name, className, expected) => {
    expect(isDefaultName(name, className)).toBe(expected);
  });
});

test.each([
  [["convnext_tiny_stem", "convnext_tiny_stage_0"], "convnext_tiny_"],
  [["block1_conv", "block2_conv"], ""],
  [["only_one"], ""],
  [[], ""],
])("commonPrefix of %j is %j", (names, expected) => {
  expect(commonPrefix(names)).toBe(expected);
});
