import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { CHANNELS, type ColorMode, decodeImage, imageNumbers } from "../../src/images";

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
