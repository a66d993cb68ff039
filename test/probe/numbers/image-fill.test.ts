import { describe, expect, test } from "vitest";
import { zooModel } from "../../../src/formats";
import { type AskedPreprocessing, type ImageInput, type Model, UserError } from "../../../src/model";
import { prepareModel } from "../../../src/probe";
import { type ImageFill, imageFill } from "../../../src/probe/numbers/image-fill";
import { functional, input } from "../models";

/** Two pixels wide and high: red, green, blue, half transparent white. */
const rgba = Uint8Array.from([255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255, 255, 255, 255, 128]);
const image = { name: "four.png", decoded: { width: 2, height: 2, rgba } };

/** A model of inputs alone, each read by a layer that keeps its shape. */
function modelOf(inputs: { [name: string]: (number | null)[] }, dtype = "float32", config = {}): Model {
  const names = Object.keys(inputs);
  return functional(
    [
      ...names.map((name) => input(name, inputs[name] as (number | null)[], dtype)),
      ...names.map((name): [string, string, typeof config, string] => ["GlobalAveragePooling2D", `read_${name}`, config, name]),
    ],
    names,
    names.map((name) => `read_${name}`),
  );
}

function fillOf(model: Model, inputs: { [name: string]: number[] }, preprocess?: AskedPreprocessing): ImageFill {
  const prepared = prepareModel(model);
  try {
    const probe = { inputs, mode: "feed", engine: "wasm", fill: "image:four.png", ...(preprocess ? { preprocess } : {}) } as const;
    return imageFill(prepared, probe, image);
  } finally {
    prepared.dispose();
  }
}

const open4 = [null, null, null, null];

describe("an image comes into an input", () => {
  test.each<[string, (number | null)[], number[], object, number[]]>([
    ["gray", open4, [1, 2, 2, 1], {}, [76, 150, 29, 255]],
    ["in colours", open4, [1, 2, 2, 3], {}, [255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255]],
    ["with opacity", open4, [1, 1, 2, 4], {}, [0, 0, 255, 255, 255, 255, 255, 128]],
    ["again for each sample", open4, [2, 1, 1, 3], {}, [255, 255, 255, 255, 255, 255]],
    ["with its channels first", open4, [1, 3, 2, 2], { data_format: "channels_first" }, [255, 0, 0, 255, 0, 255, 0, 255, 0, 0, 255, 255]],
  ])("%s", (_, declared, shape, config, numbers) => {
    const fill = fillOf(modelOf({ image: declared }, "float32", config), { image: shape });
    const made = Array.from(fill.numbers(0, shape) ?? []);
    expect(made).toEqual(numbers);
  });

  test("where inputs have three axes only, as gray", () => {
    const model = functional([input("image", [null, 2, 2]), ["Flatten", "flat", {}, "image"]], ["image"], ["flat"]);
    const fill = fillOf(model, { image: [1, 2, 2] });
    expect(Array.from(fill.numbers(0, [1, 2, 2]) ?? [])).toEqual([76, 150, 29, 255]);
  });

  test("and others hold a ramp", () => {
    const model = functional(
      [input("image", open4), input("words", [null, 5]), ["Flatten", "flat", {}, "image"], ["Dense", "dense", { units: 2 }, "words"]],
      ["image", "words"],
      ["flat", "dense"],
    );
    const fill = fillOf(model, { image: [1, 2, 2, 3], words: [1, 5] });
    expect(fill.report).toMatchObject({ name: "four.png", width: 2, height: 2, others: ["words"] });
    expect(fill.numbers(1, [1, 5])).toBeNull();
  });
});

describe("its pixels are prepared", () => {
  const plain = modelOf({ image: open4 });
  test.each<[string, Model, number[], AskedPreprocessing | undefined, Pick<ImageInput, "preprocessing" | "because">]>([
    ["as the application does", zooModel("MobileNetV2"), [1, 96, 96, 3], undefined, { preprocessing: "tf", because: "model" }],
    ["as the application does", zooModel("VGG16"), [1, 32, 32, 3], "auto", { preprocessing: "caffe", because: "model" }],
    [
      "not where the application does it itself",
      zooModel("EfficientNetB0"),
      [1, 32, 32, 1],
      "auto",
      { preprocessing: "none", because: "model" },
    ],
    ["not where the application cannot", zooModel("VGG16"), [1, 32, 32, 1], "auto", { preprocessing: "none", because: "unfit" }],
    ["not where nobody knows", plain, [1, 2, 2, 3], "auto", { preprocessing: "none", because: "unknown" }],
    ["as was asked for", plain, [1, 2, 2, 3], "unit", { preprocessing: "unit", because: "asked" }],
    ["as was asked for, whatever the application", zooModel("VGG16"), [1, 32, 32, 3], "none", { preprocessing: "none", because: "asked" }],
  ])("%s", (_, model, shape, asked, expected) => {
    const prepared = prepareModel(model);
    const name = prepared.inputs[0]?.name ?? "";
    prepared.dispose();
    expect(fillOf(model, { [name]: shape }, asked).report.inputs[0]).toMatchObject(expected);
  });

  test("of each channel for itself", () => {
    const numbers = fillOf(plain, { image: [1, 1, 2, 3] }, "caffe").numbers(0, [1, 1, 2, 3]);
    const expected = [255 - 103.939, -116.779, -123.68, 255 - 103.939, 255 - 116.779, 255 - 123.68];
    expect(Array.from(numbers ?? [], (value) => value.toFixed(3))).toEqual(expected.map((value) => value.toFixed(3)));
  });
});

describe("a sentence says why it does not fit", () => {
  test.each<[string, Model, number[], AskedPreprocessing, RegExp]>([
    [
      "two channels",
      modelOf({ image: open4 }),
      [1, 2, 2, 2],
      "auto",
      /^An image fills an input of height, width and 1 .*, and small has none: image is 1×2×2×2; choose other channels/,
    ],
    [
      "no image",
      functional([input("row", [null, 4]), ["Dense", "dense", { units: 2 }, "row"]], ["row"], ["dense"]),
      [1, 4],
      "auto",
      /small has none: row is 1×4/,
    ],
    [
      "gray in caffe's way",
      modelOf({ image: open4 }),
      [1, 2, 2, 1],
      "caffe",
      /^The image cannot be prepared as caffe for image: that needs 3 channels, and this input has 1; use none or auto\.$/,
    ],
    [
      "fractions into integers",
      modelOf({ image: open4 }, "uint8"),
      [1, 2, 2, 3],
      "tf",
      /that makes fractions, and this input takes integers/,
    ],
  ])("%s", (_, model, shape, asked, message) => {
    const name = model.network.inputs[0]?.layer ?? "";
    const ask = () => fillOf(model, { [name]: shape }, asked);
    expect(ask).toThrow(UserError);
    expect(ask).toThrow(message);
  });
});
