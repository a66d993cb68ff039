import { beforeEach, describe, expect, test, vi } from "vitest";
import { CARRIED_BYTES } from "../../src/extension/model-files";

/** Files of a file system that is not this machine's, by path; sizes may be claimed. */
const files = new Map<string, { bytes?: Uint8Array; size?: number; type?: number }>();

vi.mock("vscode", () => {
  class Uri {
    constructor(readonly text: string) {}
    static parse(text: string) {
      return new Uri(text);
    }
    static joinPath(base: Uri, ...parts: string[]) {
      return new Uri(new URL(parts.join("/").replace(/^\.\.\//, ""), base.text).toString());
    }
    get scheme() {
      return this.text.slice(0, this.text.indexOf(":"));
    }
    get path() {
      return new URL(this.text).pathname;
    }
    get fsPath() {
      return this.path;
    }
  }
  const stat = async ({ path }: Uri) => {
    const found = files.get(path);
    if (!found) throw new Error("FileNotFound");
    return { type: found.type ?? 1, size: found.size ?? found.bytes?.length ?? 0 };
  };
  const readFile = async ({ path }: Uri) => files.get(path)?.bytes ?? new Uint8Array();
  const readDirectory = async ({ path }: Uri) => {
    const names = [...files.keys()].filter((file) => file.startsWith(`${path}/`)).map((file) => file.slice(path.length + 1));
    if (names.length === 0) throw new Error("FileNotFound");
    return names.map((name) => [name, 1]);
  };
  return { Uri, FileType: { Directory: 2 }, workspace: { fs: { stat, readFile, readDirectory } } };
});

const { sourceOf } = await import("../../src/extension/source");
const text = (content: string) => ({ bytes: new TextEncoder().encode(content) });

beforeEach(() => files.clear());

describe("sourceOf", () => {
  test("names the zoo and the files of this machine, and reads nothing", async () => {
    expect(await sourceOf({ kind: "zoo", spec: "A?keras=2" })).toEqual({ kind: "zoo", spec: "A?keras=2" });
    expect(await sourceOf({ kind: "file", uri: "file:///m/a.h5" })).toEqual({ kind: "path", path: "/m/a.h5" });
  });

  test("carries a file of another file system over", async () => {
    files.set("/m/a.h5", text("bytes"));
    expect(await sourceOf({ kind: "file", uri: "memfs://x/m/a.h5" })).toEqual({
      kind: "bytes",
      name: "a.h5",
      files: [{ path: "a.h5", ...text("bytes") }],
    });
  });

  test.each([
    ["with its variables, the index first", ["variables/variables.data-00000-of-00001", "variables/variables.index", "keras_metadata.pb"]],
    ["without variables", []],
  ])("brings a SavedModel along, called as its folder: %s", async (_, beside) => {
    for (const path of ["saved_model.pb", ...beside]) files.set(`/m/encoder/${path}`, text(path));
    const source = await sourceOf({ kind: "file", uri: "memfs://x/m/encoder/saved_model.pb" });
    expect(source).toMatchObject({ kind: "bytes", name: "encoder" });
    const carried = (source as { files: { path: string }[] }).files.map(({ path }) => path);
    expect(carried).toEqual(["saved_model.pb", ...beside.toReversed()]);
  });

  test("brings the shards of a model.json along, and leaves a missing one to the helper", async () => {
    const json = JSON.stringify({ weightsManifest: [{ paths: ["one.bin", "two.bin", "../three.bin"] }] });
    files.set("/m/model.json", text(json));
    files.set("/m/one.bin", text("1"));
    files.set("/three.bin", text("3"));
    expect(await sourceOf({ kind: "file", uri: "memfs://x/m/model.json" })).toEqual({
      kind: "bytes",
      name: "model.json",
      files: [
        { path: "model.json", ...text(json) },
        { path: "one.bin", ...text("1") },
      ],
    });
  });

  const config = '{"class_name": "Functional"}';
  const uri = "memfs://x/m/model.json";

  test("brings along the weights that lie beside a config, telling which file it reads", async () => {
    files.set("/m/model.json", text(config));
    files.set("/m/model.weights.h5", text("w"));
    files.set("/m/other.weights.h5", text("o"));
    const told: string[] = [];
    expect(await sourceOf({ kind: "file", uri }, { tell: (words) => told.push(words) })).toEqual({
      kind: "bytes",
      name: "model.json",
      files: [
        { path: "model.json", ...text(config) },
        { path: "model.weights.h5", ...text("w") },
      ],
    });
    expect(told).toEqual(["model.json, 1 MB", "model.weights.h5, 1 MB"]);
  });

  test("opens a config without weights that are too large, and says so", async () => {
    files.set("/m/model.json", text(config));
    files.set("/m/model.weights.h5", { size: CARRIED_BYTES });
    expect(await sourceOf({ kind: "file", uri })).toEqual({
      kind: "bytes",
      name: "model.json",
      files: [{ path: "model.json", ...text(config) }],
      notes: ["without its weights: model.weights.h5 (512 MB) is too large to carry over from this file system: open it where it lies."],
    });
  });

  test("reads no further file when nobody waits any more", async () => {
    files.set("/m/model.json", text(config));
    files.set("/m/model.weights.h5", text("w"));
    const token = { isCancellationRequested: false, onCancellationRequested: () => ({ dispose: () => {} }) };
    const tell = () => {
      token.isCancellationRequested = true;
    };
    await expect(sourceOf({ kind: "file", uri }, { token, tell })).rejects.toThrow("Cancelled");
  });

  test.each([
    ["is gone", null, "a.h5: a.h5 is not there any more: refresh the list of models."],
    ["is a folder", { type: 2 }, "a.h5 is a folder: choose a file in it."],
    [
      "is too large",
      { size: CARRIED_BYTES + 1 },
      "a.h5: a.h5 (513 MB) is too large to carry over from this file system: open it where it lies.",
    ],
  ])("says so where the file %s", async (_title, file, message) => {
    if (file) files.set("/m/a.h5", file);
    await expect(sourceOf({ kind: "file", uri: "memfs://x/m/a.h5" })).rejects.toThrow(message);
  });
});
