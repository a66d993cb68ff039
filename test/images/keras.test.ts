import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { listZoo, zooModel } from "../../src/formats";
import { CHANNELS, decodeImage, imageNumbers, preprocess } from "../../src/images";
import type { ColorMode, Preprocessing } from "../../src/model";

interface Answer {
  mode: ColorMode;
  size: [number, number] | null;
  shape: [number, number, number];
  hash: string;
}

const here = (path: string) => join(__dirname, path);
// Written by scripts/numbers/images.py from real Keras.
const { files } = JSON.parse(readFileSync(here("answers.json"), "utf8")) as { files: { [name: string]: Answer[] } };

const hashOf = (numbers: Float32Array) => createHash("sha256").update(new Uint8Array(numbers.buffer)).digest("hex").slice(0, 24);

describe("an image becomes the numbers that keras.utils.load_img makes of it", () => {
  it.each(Object.keys(files))("%s", async (name) => {
    const image = await decodeImage(readFileSync(here(`files/${name}`)), name);
    const wrong: string[] = [];
    for (const { mode, size, shape, hash } of files[name] as Answer[]) {
      const [height, width, channels] = shape;
      expect(channels).toBe(CHANNELS[mode]);
      if (hashOf(imageNumbers(image, { mode, height, width })) !== hash) wrong.push(`${mode} ${size ?? "as it is"}`);
    }
    expect(wrong).toEqual([]);
  });
});

it("colours of half the height are said to differ, and no others", async () => {
  const bytes = readFileSync(here("files/rgb-422.jpg"));
  expect((await decodeImage(bytes, "upright")).note).toBeUndefined();
  // The same file on its side, as far as its header says.
  bytes[bytes.indexOf(Buffer.from([0xff, 0xc0])) + 11] = 0x12;
  expect((await decodeImage(bytes, "lying")).note).toMatch(/^Its colours have half the height of its brightness \(JPEG 4:4:0\)/);
});

// Written by scripts/zoo/preprocessing.py from real Keras.
const { pixels, came } = JSON.parse(readFileSync(here("preprocessing.json"), "utf8")) as {
  pixels: number[][];
  came: { [applicationAndGeneration: string]: number[][] };
};

describe("pixels become the numbers that an application's preprocess_input makes of them", () => {
  it.each(Object.keys(came))("%s", (asked) => {
    const [name, generation] = asked.split(" ");
    const kind = zooModel(`${name}?keras=${generation}`).zoo?.preprocessing as Preprocessing;
    expect(Array.from(preprocess(Float32Array.from(pixels.flat()), 3, kind))).toEqual(came[asked]?.flat());
  });

  it("for every model of the zoo", () => {
    const asked = new Set(Object.keys(came).map((each) => each.split(" ")[0]));
    expect(listZoo().filter(({ name }) => !asked.has(name))).toEqual([]);
  });
});
