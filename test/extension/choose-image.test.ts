import { readFileSync } from "node:fs";
import { afterEach, expect, test, vi } from "vitest";
import { ImageFolder } from "../../src/helper/image-folder";

/** What the person chooses, and what lies there. */
let chosen: { scheme: string; path: string; fsPath: string }[] | undefined;
let size = 3;
vi.mock("vscode", () => ({
  window: { showOpenDialog: async () => chosen },
  workspace: { fs: { stat: async () => ({ size }), readFile: async () => Uint8Array.of(1, 2, 3) } },
}));
const { chooseImage } = await import("../../src/extension/choose-image");

const folder = new ImageFolder();
afterEach(() => folder.dispose());
const uri = (scheme: string, path: string) => ({ scheme, path, fsPath: path });
const bytesOf = (fill: string | null) => [...readFileSync((fill ?? "").slice("image:".length))];

test("a person who goes away chooses nothing", async () => {
  chosen = undefined;
  expect(await chooseImage(null, folder)).toBeNull();
});

test("a file of this machine is named by its path", async () => {
  chosen = [uri("file", "/pictures/cat.png")];
  expect(await chooseImage(null, folder)).toBe("image:/pictures/cat.png");
});

test("a file of another file system is carried over", async () => {
  chosen = [uri("vscode-vfs", "/pictures/cat.png")];
  const fill = await chooseImage(null, folder);
  expect(fill).toMatch(/^image:.+cat\.png$/);
  expect(bytesOf(fill)).toEqual([1, 2, 3]);
});

test("but not one that is too large", async () => {
  chosen = [uri("vscode-vfs", "/pictures/huge.png")];
  size = 2 ** 30;
  await expect(chooseImage(null, folder)).rejects.toThrow("huge.png has 1073741824 bytes, more than 67108864; make it smaller first.");
});

test("what a page gives is kept under its plain name, two of one name apart", async () => {
  const base64 = Buffer.from([7]).toString("base64");
  const fills = [await chooseImage({ name: "..\\..\\a/b?.png", base64 }, folder), await chooseImage({ name: "b_.png", base64 }, folder)];
  expect(fills.map((fill) => fill?.split(/[\\/]/).at(-1))).toEqual(["b_.png", "b_.png"]);
  expect(new Set(fills).size).toBe(2);
  expect(bytesOf(fills[0] ?? null)).toEqual([7]);
  expect(bytesOf((await chooseImage({ name: "..", base64 }, folder)) ?? null)).toEqual([7]);
});
