import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { notices, packageFolder } from "../../scripts/notices.mjs";

test.each([
  ["node_modules/d3/src/index.js", "node_modules/d3"],
  ["node_modules/@a/b/x.js", "node_modules/@a/b"],
  ["node_modules/a/node_modules/b/x.js", "node_modules/a/node_modules/b"],
  ["src/model/index.ts", null],
])("%s belongs to %s", (path, folder) => expect(packageFolder(path)).toBe(folder));

describe("notices", () => {
  const root = mkdtempSync(join(tmpdir(), "layerscope-notices-"));
  const metafile = (...paths: string[]) => ({
    inputs: {},
    outputs: {
      "dist/a.js": { inputs: Object.fromEntries(paths.map((path) => [path, { bytesInOutput: path.includes("dropped") ? 0 : 9 }])) },
    },
  });
  const install = (name: string, manifest: object, files: Record<string, string> = {}) => {
    const folder = join(root, "node_modules", name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name, version: "1.0.0", ...manifest }));
    for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), text);
  };

  beforeAll(() => {
    install("b", { license: "ISC", author: { name: "Bea" } }, { LICENSE: "ISC text of b", NOTICE: "notice of b", "licenser.js": "code" });
    install("@a/a", { license: "MIT" }, { "license.md": "MIT text of a" });
    install("dropped", { license: "GPL-3.0" });
    install("bare", { license: "Apache-2.0" });
    install("nobodys", {});
    install("compiled", { license: "Apache-2.0" }, { LICENSE: "Apache-2.0 text" });
    mkdirSync(join(root, "node_modules/compiled/codec"));
    writeFileSync(join(root, "node_modules/compiled/codec/LICENSE.codec.md"), "BSD text of a library in C");
  });
  afterAll(() => rmSync(root, { recursive: true }));

  test("give name, version, licence and text of each bundled package, once", () => {
    const text = notices(
      [
        metafile("node_modules/b/x.js", "node_modules/b/y.js", "src/own.ts"),
        metafile("node_modules/@a/a/x.js", "node_modules/dropped/x.js"),
      ],
      root,
    );
    expect(text.match(/^(@a\/a|b) 1\.0\.0$/gm)).toEqual(["@a/a 1.0.0", "b 1.0.0"]);
    for (const part of ["Licence: ISC", "By: Bea", "ISC text of b", "notice of b", "MIT text of a"]) expect(text).toContain(part);
    expect(text).not.toContain("dropped");
    expect(text).not.toContain("code");
  });

  test("give the licence of what a package has compiled of others", () => {
    const text = notices([metafile("node_modules/compiled/x.js")], root);
    for (const part of ["Apache-2.0 text", "BSD text of a library in C"]) expect(text).toContain(part);
  });

  test("say where the text is, for a package that has none", () =>
    expect(notices([metafile("node_modules/bare/x.js")], root)).toContain("(the text of Apache-2.0 is in LICENSE)"));

  test("refuse a package without a licence", () =>
    expect(() => notices([metafile("node_modules/nobodys/x.js")], root)).toThrow("nobodys 1.0.0 is bundled and has no licence"));
});
