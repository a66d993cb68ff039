import { mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { Images } from "../../src/helper/images";

const IMAGES = join(import.meta.dirname, "../images/files");
const folder = mkdtempSync(join(tmpdir(), "layerscope-images-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("the image of a fill", () => {
  test("is none where the fill is none", async () => expect(await new Images().of("ramp")).toBeNull());

  test("is read once, and again where the file has changed", async () => {
    const path = join(folder, "changing.png");
    const images = new Images();
    const bytes = (await import("node:fs")).readFileSync(join(IMAGES, "rgb.png"));
    writeFileSync(path, bytes);
    const first = await images.of(`image:${path}`);
    expect(first).toMatchObject({ name: "changing.png", decoded: { width: 37, height: 23 } });
    expect(await images.of(`image:${path}`)).toBe(first);
    utimesSync(path, 1, 1);
    expect(await images.of(`image:${path}`)).not.toBe(first);
  });

  test.each<[string, () => string, RegExp]>([
    ["nowhere", () => join(folder, "no.png"), /^The image .*no\.png cannot be read: there is no such file; choose another file\.$/],
    ["below a file", () => join(IMAGES, "rgb.png", "x"), /there is no such file/],
    ["a folder", () => folder, /cannot be read: it is no file; choose another file\.$/],
    ["a device", () => "/dev/zero", /cannot be read: it is no file|there is no such file/],
    [
      "a link that leads to itself",
      () => {
        symlinkSync("loop.png", join(folder, "loop.png"));
        return join(folder, "loop.png");
      },
      /cannot be read: .*ELOOP/,
    ],
  ])("%s is one sentence", async (_, path, message) => {
    await expect(new Images().of(`image:${path()}`)).rejects.toMatchObject({ name: "UserError", message: expect.stringMatching(message) });
  });
});
