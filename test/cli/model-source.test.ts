import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { modelSource } from "../../src/cli/model-source";

const folder = mkdtempSync(join(tmpdir(), "layerscope-source-"));
afterAll(() => rmSync(folder, { recursive: true }));
const odd = join(folder, "what?fold=false");
writeFileSync(odd, "");

describe("modelSource", () => {
  test.each<[string, ReturnType<typeof modelSource>]>([
    ["EfficientNetB5?keras=2", { kind: "zoo", spec: "EfficientNetB5?keras=2" }],
    [folder, { kind: "path", path: folder }],
    [`${folder}?signature=encode`, { kind: "path", path: folder, signature: "encode" }],
    [`${folder}?fold=false`, { kind: "path", path: folder, fold: false }],
    [`${folder}?signature=a=b&fold=true`, { kind: "path", path: folder, signature: "a=b", fold: true }],
    [`${folder}?`, { kind: "path", path: folder }],
    // A file may be called like that.
    [odd, { kind: "path", path: odd }],
  ])("%s", (text, source) => expect(modelSource(text)).toEqual(source));

  test.each([
    [`${folder}?fold=no`, 'The option fold cannot be "no": use true or false.'],
    [`${folder}?signature=`, 'The option signature cannot be "": use one of the model\'s signatures.'],
    [`${folder}?unfold=true`, 'A graph has no option "unfold": use signature, fold.'],
    [join(folder, "missing.pb?fold=false"), /^There is no file .*missing\.pb\?fold=false; give a path/],
  ])("%s is refused", (text, message) => expect(() => modelSource(text)).toThrow(message));
});
