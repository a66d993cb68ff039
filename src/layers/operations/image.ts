import * as tf from "@tensorflow/tfjs-core";
import type { Named, OperationRow } from "../operation";
import type { Bound } from "../row";
import { declaredShapeOf, integerArgument, tensorOf } from "./values";

const input = (named: Named): tf.Tensor4D =>
  tensorOf(named["x"] ?? named["images"] ?? named["image"] ?? named["input"] ?? named["inputs"] ?? named["value"]) as tf.Tensor4D;

/** `2`, `[2, 2]` or TensorFlow's `[1, 2, 2, 1]` as height and width. */
function pair(value: Bound | undefined, fallback: [number, number]): [number, number] {
  if (typeof value === "number") return [value, value];
  if (!Array.isArray(value)) return fallback;
  const [a, b] = value.length === 4 ? value.slice(1, 3) : value;
  return [a as number, (b ?? a) as number];
}

const pooling = (
  pool: (x: tf.Tensor4D, window: [number, number], strides: [number, number], pad: "valid" | "same") => tf.Tensor,
): OperationRow => ({
  parameters: ["x", "pool_size", "strides", "padding"],
  run: (named) => {
    if (String(named["data_format"] ?? "").match(/first|NCHW/i)) throw new Error("pooling with channels first is not known");
    const window = pair(named["pool_size"] ?? named["ksize"], [2, 2]);
    const isSame = String(named["padding"] ?? "valid").toLowerCase() === "same";
    return pool(input(named), window, pair(named["strides"], window), isSame ? "same" : "valid");
  },
});

const resize: OperationRow = {
  parameters: ["x", "size"],
  run: (named) => {
    const size = pair(named["size"], [1, 1]);
    const isNearest = String(named["interpolation"] ?? named["method"] ?? "bilinear") === "nearest";
    return isNearest ? tf.image.resizeNearestNeighbor(input(named), size) : tf.image.resizeBilinear(input(named), size);
  },
};

function spaceToDepth(x: tf.Tensor4D, block: number): tf.Tensor {
  const [batch, height, width, channels] = x.shape;
  if (height % block !== 0 || width % block !== 0) throw new Error(`blocks of ${block} do not divide ${height}×${width}`);
  const blocks = tf.reshape(x, [batch, height / block, block, width / block, block, channels]);
  return tf.reshape(tf.transpose(blocks, [0, 1, 3, 2, 4, 5]), [batch, height / block, width / block, channels * block * block]);
}

const block = (named: Named): number => integerArgument(named["block_size"], 2);

export const IMAGE: { [name: string]: OperationRow } = {
  max_pool: pooling(tf.maxPool),
  max_pool2d: pooling(tf.maxPool),
  average_pool: pooling(tf.avgPool),
  avg_pool: pooling(tf.avgPool),
  avg_pool2d: pooling(tf.avgPool),
  resize,
  resize_v2: resize,
  flip_left_right: { parameters: ["image"], run: (named) => tf.reverse(input(named), -2) },
  flip_up_down: { parameters: ["image"], run: (named) => tf.reverse(input(named), -3) },
  grayscale_to_rgb: {
    parameters: ["images"],
    run: (named) =>
      tf.tile(input(named), [
        ...input(named)
          .shape.slice(0, -1)
          .map(() => 1),
        3,
      ]),
  },
  depth_to_space: { parameters: ["x", "block_size"], run: (named) => tf.depthToSpace(input(named), block(named), "NHWC") },
  space_to_depth: {
    parameters: ["x", "block_size"],
    run: (named) => spaceToDepth(input(named), block(named)),
    // The stand-ins for open axes are primes, which no block divides.
    declare: (named) => {
      const [batch = null, height = null, width = null, channels = null] = declaredShapeOf(named["x"] ?? named["input"]);
      const by = block({ block_size: named["block_size"] as number });
      const part = (size: number | null): number | null => (size === null ? null : size / by);
      return [batch, part(height), part(width), channels === null ? null : channels * by * by];
    },
  },
};
