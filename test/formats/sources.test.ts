import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fileSource, memorySource } from "../../src/formats";
import { isInside } from "../../src/formats/inside";
import type { Source } from "../../src/formats/source";
import { UserError } from "../../src/model";

let folder = "";
/** Of every Linux. */
const MAKE_PIPE = "mkfifo";
const BYTES = Uint8Array.from([1, 2, 3, 4, 5]);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "layerscope-source-"));
  mkdirSync(join(folder, "shards"));
  writeFileSync(join(folder, "model.json"), BYTES);
  writeFileSync(join(folder, "shards", "1.bin"), BYTES);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each<[string, () => Source]>([
  ["a file", () => fileSource(join(folder, "model.json"))],
  [
    "memory",
    () =>
      memorySource(
        "model.json",
        new Map([
          ["model.json", BYTES],
          ["shards/1.bin", BYTES],
        ]),
      ),
  ],
])("a source from %s", (_what, make) => {
  test("tells names and sizes", () => {
    const source = make();
    expect(source).toMatchObject({ name: "model.json", main: "model.json" });
    expect(source.list()).toEqual(["model.json", "shards/1.bin"]);
    expect(source.size("shards/1.bin")).toBe(5);
    source.close();
  });

  test.each([
    [0, 2, [1, 2]],
    [3, 10, [4, 5]],
    [5, 1, []],
    [99, 1, []],
    [1, 0, []],
  ])("reads from %i on %i bytes", (offset, length, bytes) => {
    const source = make();
    expect([...source.read("model.json", offset, length)]).toEqual(bytes);
    source.close();
  });

  test.each(["gone.bin", "../model.json", "/etc/passwd", "shards/../../x", ""])("refuses %j", (path) => {
    const source = make();
    expect(() => source.size(path)).toThrow(UserError);
    expect(() => source.read(path, 0, 1)).toThrow(UserError);
    source.close();
  });
});

describe("paths on this machine", () => {
  test("a folder is its own source", () => {
    const source = fileSource(folder);
    expect(source.main).toBe("");
    expect(source.list()).toEqual(["model.json", "shards/1.bin"]);
  });

  test("a path that is not there is refused at once", () => {
    expect(() => fileSource(join(folder, "gone.h5"))).toThrow(/gone.h5 cannot be opened: there is no such file/);
  });

  test("a link is followed: download caches are made of them", () => {
    symlinkSync(join(folder, "shards", "1.bin"), join(folder, "link.h5"));
    const source = fileSource(join(folder, "link.h5"));
    expect(source.size("link.h5")).toBe(5);
    source.close();
    rmSync(join(folder, "link.h5"));
  });

  // The superuser may look everywhere.
  test.runIf(process.getuid?.())("a folder that may not be looked into is passed over", () => {
    mkdirSync(join(folder, "secret"), { mode: 0o000 });
    expect(fileSource(folder).list()).toEqual(["model.json", "shards/1.bin"]);
    rmSync(join(folder, "secret"), { recursive: true });
  });

  test("a folder that goes away is told of in one sentence", () => {
    const gone = mkdtempSync(join(tmpdir(), "layerscope-gone-"));
    const source = fileSource(gone);
    rmSync(gone, { recursive: true });
    expect(() => source.list()).toThrow(/^layerscope-gone-\S+ cannot be opened: there is no such file\.$/);
  });

  test("the root folder has a name", () => expect(fileSource("/").name).toBe("/"));

  test.runIf(process.platform === "linux")("a named pipe is refused, not waited for", () => {
    execFileSync(MAKE_PIPE, [join(folder, "pipe.h5")]);
    const source = fileSource(join(folder, "pipe.h5"));
    expect(() => source.size("pipe.h5")).toThrow(/it is not a file/);
    rmSync(join(folder, "pipe.h5"));
  });
});

test.each([
  ["a.bin", true],
  ["a/b..c", true],
  ["a/../b", false],
  ["..", false],
  ["/a", false],
  ["\\a", false],
  ["C:\\a", false],
  ["C:/a", false],
  ["a\0b", false],
  ["a\\..\\b", false],
])("isInside(%j) is %s", (path, expected) => {
  expect(isInside(path)).toBe(expected);
});
