import { describe, expect, test } from "vitest";
import { isModelName, shardPaths } from "../../src/extension/model-files";

describe("isModelName", () => {
  test.each([
    ["model.h5", true],
    ["MODEL.H5", true],
    ["a.hdf5", true],
    ["b.keras", true],
    ["model.json", true],
    ["saved_model.pb", true],
    ["frozen.pb", true],
    ["keras_metadata.pb", false],
    ["fingerprint.pb", false],
    ["host.xplane.pb", false],
    ["package.json", false],
    ["model.h5.txt", false],
    ["keras", false],
  ])("%s: %s", (name, isModel) => expect(isModelName(name)).toBe(isModel));
});

describe("shardPaths", () => {
  const manifest = (...paths: unknown[]) => JSON.stringify({ weightsManifest: [{ paths, weights: [] }] });
  test.each([
    [
      "shards of the folder",
      manifest("group1-shard1of2.bin", "sub/group1-shard2of2.bin"),
      ["group1-shard1of2.bin", "sub/group1-shard2of2.bin"],
    ],
    ["paths that leave the folder", manifest("../secret", "a/../../b", "/etc/passwd", "C:\\x", "file:///x", "ok.bin"), ["ok.bin"]],
    ["paths that are none", manifest(1, null, "", {}), []],
    ["no manifest", "{}", []],
    ["a manifest that is none", '{"weightsManifest": {"paths": ["a"]}}', []],
    ["no JSON", "{", []],
    ["an array", "[]", []],
  ])("%s", (_name, json, paths) => expect(shardPaths(json)).toEqual(paths));
});
