import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, describe, expect, it } from "vitest";
import { lookAt } from "../../../src/engines";
import { elementCount, type LayerPictures, NO_NUMBER, type Picture } from "../../../src/model";
import { picturesOf } from "../../../src/probe/numbers/pictures";
import { useCpu } from "../../engines/cpu";

beforeAll(useCpu);

const bytesOf = ({ bytes }: Picture) => [...Buffer.from(bytes, "base64")];
/** The numbers that a picture stands for, to a 254th of its range. */
const numbersOf = (picture: Picture) =>
  bytesOf(picture).map((byte) => (byte === NO_NUMBER ? null : picture.min + (byte / 254) * (picture.max - picture.min)));
const sizeOf = ({ width, height }: Picture) => [width, height];
const counted = (shape: number[]) => Float32Array.from({ length: elementCount(shape) }, (_, index) => index);
const last = { channelsFirst: false };

/** Leaves no tensor behind. */
function made(numbers: ArrayLike<number>, shape: number[], options: typeof last): LayerPictures | null {
  const tensor = tf.tensor(Float32Array.from(numbers), shape);
  const before = tf.memory().numTensors;
  try {
    return picturesOf({ tensor, look: lookAt(tensor) }, options)?.() ?? null;
  } finally {
    expect(tf.memory().numTensors).toBe(before);
    tensor.dispose();
  }
}

function taken(shape: number[], options = last, numbers: ArrayLike<number> = counted(shape)): LayerPictures {
  const pictures = made(numbers, shape, options);
  if (!pictures) throw new Error("no pictures");
  return pictures;
}

describe("a picture of", () => {
  it.each<[string, number[], typeof last, Partial<LayerPictures>, [number, number], [number, number] | null]>([
    ["an image", [1, 4, 6, 3], last, { kind: "image", channelCount: 3 }, [6, 4], [6, 4]],
    ["an image with channels first", [1, 3, 4, 6], { channelsFirst: true }, { kind: "image", channelCount: 3 }, [6, 4], [6, 4]],
    ["a large image", [1, 200, 50, 2], last, { kind: "image", channelCount: 2 }, [50, 96], [32, 32]],
    ["a sequence", [1, 7, 5], last, { kind: "table", channelCount: 5 }, [5, 7], null],
    ["a sequence with channels first", [1, 5, 7], { channelsFirst: true }, { kind: "table", channelCount: 5 }, [5, 7], null],
    ["a volume", [1, 5, 4, 6, 2], last, { kind: "image", slice: 2, channelCount: 2 }, [6, 4], [6, 4]],
    ["a volume with channels first", [1, 2, 5, 4, 6], { channelsFirst: true }, { kind: "image", slice: 2 }, [6, 4], [6, 4]],
    ["a vector", [2, 10], last, { kind: "strip", channelCount: 10 }, [10, 1], null],
    ["a long vector", [1, 1000], last, { kind: "strip" }, [96, 1], null],
    ["numbers without a batch", [3], last, { kind: "strip" }, [3, 1], null],
  ])("%s", (_, shape, options, kind, whole, channel) => {
    const pictures = taken(shape, options);
    expect(pictures).toMatchObject({ ...kind, shape });
    expect(sizeOf(pictures.whole)).toEqual(whole);
    expect(pictures.channels.map(sizeOf)).toEqual(channel ? pictures.channels.map(() => channel) : []);
    expect(pictures.channels).toHaveLength(pictures.kind === "image" ? Math.min(16, pictures.channelCount) : 0);
    for (const one of [pictures.whole, ...pictures.channels]) expect(bytesOf(one)).toHaveLength(one.width * one.height);
  });

  it.each([[[]], [[1, 0, 4, 3]], [[1, 2, 2, 2, 2, 2]]])("%j is none", (shape) => {
    expect(made(counted(shape), shape, last)).toBeNull();
  });
});

describe("its numbers", () => {
  it("are the mean of all channels, and each channel", () => {
    // 2 × 2 pixels of channels a and b: a counts up, b is ten times that.
    const pictures = taken([1, 2, 2, 2], last, [0, 0, 1, 10, 2, 20, 3, 30]);
    expect(numbersOf(pictures.whole).map((value) => Math.round((value as number) * 10) / 10)).toEqual([0, 5.5, 11, 16.5]);
    expect(pictures.channels.map(({ min, max }) => [min, max])).toEqual([
      [0, 3],
      [0, 30],
    ]);
  });

  it("are the same whichever axis the channels have", () => {
    const [height, width, channels] = [5, 7, 3];
    const behind = counted([1, height, width, channels]);
    const inFront = new Float32Array(behind.length);
    for (let at = 0; at < behind.length; at++) inFront[(at % channels) * height * width + Math.floor(at / channels)] = behind[at] as number;
    const [a, b] = [
      taken([1, height, width, channels], last, behind),
      taken([1, channels, height, width], { channelsFirst: true }, inFront),
    ];
    expect([b.whole, ...b.channels]).toEqual([a.whole, ...a.channels]);
  });

  it("of a volume are those of its middle slice", () => {
    const { whole } = taken([1, 3, 1, 2, 1], last, [0, 1, 20, 30, 4, 5]);
    expect([whole.min, whole.max]).toEqual([20, 30]);
  });

  it("of only the first sample", () => {
    const { whole } = taken([2, 1, 2, 1], last, [1, 2, 300, 400]);
    expect([whole.min, whole.max]).toEqual([1, 2]);
  });

  it("are means where several share a pixel, but in a strip the one farthest from 0", () => {
    const image = taken(
      [1, 1, 192, 1],
      last,
      Float32Array.from({ length: 192 }, (_, at) => (at % 2) * 4),
    );
    expect([image.whole.min, image.whole.max]).toEqual([2, 2]);
    const classes = new Float32Array(1000);
    classes[417] = -1;
    const { whole } = taken([1, 1000], last, classes);
    expect(bytesOf(whole).filter((byte) => byte === 0)).toHaveLength(1);
    expect([whole.min, whole.max]).toEqual([-1, 0]);
  });

  it.each([
    ["an image", [1, 1, 3, 1]],
    ["a strip", [1, 3]],
  ])("that are none stand out in %s", (_, shape) => {
    const { whole } = taken(shape, last, [Number.NaN, 1, 3]);
    expect(bytesOf(whole)).toEqual([NO_NUMBER, 0, 254]);
    expect(taken(shape, last, [Number.NaN, Number.NaN, Number.POSITIVE_INFINITY]).whole).toMatchObject({ min: 0, max: 0 });
  });

  it.each([
    [1, 1],
    [3, 3],
    [2, undefined],
    [4, undefined],
  ])("an input of %i channels has %s planes, in one range", (channels, planes) => {
    const pictures = taken([1, 300, 20, channels], { channelsFirst: false, isInput: true } as typeof last);
    expect(pictures.planes?.length).toBe(planes);
    expect(new Set(pictures.planes?.map(({ min, max }) => `${min} ${max}`)).size).toBe(planes === undefined ? 0 : 1);
    expect(pictures.planes?.map(sizeOf)).toEqual(planes === undefined ? undefined : Array(planes).fill([20, 192]));
  });

  it("are in their colours where an input has blue first", () => {
    const bgr = { channelsFirst: false, isInput: true, isBgr: true } as typeof last;
    expect(taken([1, 1, 1, 3], bgr, [0, 1, 2]).planes?.map(numbersOf)).toEqual([[2], [1], [0]]);
  });
});
