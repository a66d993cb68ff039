import { describe, expect, test } from "vitest";
import { complaints, LIMIT_BYTES } from "../../scripts/check-package.mjs";

const good = [
  "extension.vsixmanifest",
  "[Content_Types].xml",
  "extension/package.json",
  "extension/readme.md",
  "extension/changelog.md",
  "extension/LICENSE.txt",
  "extension/dist/extension.js",
  "extension/dist/helper.js",
  "extension/dist/lib/h5wasm-node.mjs",
  "extension/dist/THIRD-PARTY-NOTICES.txt",
  "extension/dist/webview/view.js",
  "extension/dist/webview/view.css",
  "extension/dist/webview/layout-worker.js",
  "extension/package.nls.json",
  "extension/package.nls.zh-cn.json",
  "extension/l10n/bundle.l10n.zh-cn.json",
  "extension/media/icon.png",
  "extension/media/activity.svg",
  "extension/media/zoo/index.json",
  "extension/media/zoo/preprocessing.json",
  "extension/dist/wasm/mozjpeg_dec.wasm",
  "extension/dist/wasm/webp_dec.wasm",
  "extension/media/zoo/EfficientNetB5.2.9.jsonl.br",
];

describe("the packaged extension", () => {
  test("may be so", () => expect(complaints(good, 1)).toEqual([]));

  test.each([
    "extension/src/extension/extension.ts",
    "extension/dist/extension.js.map",
    "extension/.env",
    "extension/test/fixtures/a.h5",
    "extension/node_modules/x/index.js",
    "extension/media/zoo/notes.txt",
  ])("%s does not belong into it", (file) => expect(complaints([...good, file], 1)).toEqual([`${file} does not belong into the package`]));

  test.each(["extension/dist/helper.js", "extension/dist/THIRD-PARTY-NOTICES.txt", "extension/media/zoo/index.json"])(
    "%s must be there",
    (file) =>
      expect(
        complaints(
          good.filter((one) => one !== file),
          1,
        ),
      ).toEqual([`${file} is missing`]),
  );

  test("may not be larger than 12 MB", () =>
    expect(complaints(good, LIMIT_BYTES + 1)).toEqual(["the package has 12582913 bytes, more than 12582912"]));
});
