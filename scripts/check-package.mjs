// What the packaged extension may and must contain. Runs after `npm run package`; exit status 1 with one line for each thing that is wrong.
import { statSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import yauzl from "yauzl";

export const LIMIT_BYTES = 12 * 2 ** 20;

/** Nothing else may be in it: no sources, no tests, no maps, nobody's notes. */
const ALLOWED = [
  /^extension\.vsixmanifest$/,
  /^\[Content_Types\]\.xml$/,
  /^extension\/(package\.json|readme\.md|changelog\.md|LICENSE\.txt)$/i,
  /^extension\/dist\/(extension|helper|cli|svg)\.js$/,
  /^extension\/dist\/wasm\/tfjs-backend-wasm(-simd)?\.wasm$/,
  /^extension\/dist\/wasm\/(mozjpeg|webp)_dec\.wasm$/,
  /^extension\/dist\/lib\/[\w-]+\.mjs$/,
  /^extension\/l10n\/bundle\.l10n\.[a-z-]+\.json$/,
  /^extension\/package\.nls(\.[a-z-]+)?\.json$/,
  /^extension\/dist\/THIRD-PARTY-NOTICES\.txt$/,
  /^extension\/dist\/webview\/(view|layout-worker)\.(js|css)$/,
  /^extension\/media\/((icon|grayscale|answers)\.png|(icon|activity|tab-light|tab-dark)\.svg)$/,
  /^extension\/media\/zoo\/((index|preprocessing)\.json|[\w.-]+\.jsonl\.br)$/,
];
const REQUIRED = [
  "extension/package.json",
  "extension/readme.md",
  "extension/changelog.md",
  "extension/LICENSE.txt",
  "extension/package.nls.json",
  "extension/package.nls.zh-cn.json",
  "extension/l10n/bundle.l10n.zh-cn.json",
  "extension/dist/extension.js",
  "extension/dist/helper.js",
  "extension/dist/THIRD-PARTY-NOTICES.txt",
  "extension/dist/webview/view.js",
  "extension/dist/webview/view.css",
  "extension/dist/webview/layout-worker.js",
  "extension/media/icon.png",
  "extension/media/activity.svg",
  "extension/media/zoo/index.json",
  "extension/media/zoo/preprocessing.json",
];

/** What is wrong with a package that has these files and this size, a line each. */
export function complaints(files, sizeBytes) {
  return [
    ...files.filter((file) => !ALLOWED.some((pattern) => pattern.test(file))).map((file) => `${file} does not belong into the package`),
    ...REQUIRED.filter((file) => !files.some((one) => one.toLowerCase() === file.toLowerCase())).map((file) => `${file} is missing`),
    ...(sizeBytes > LIMIT_BYTES ? [`the package has ${sizeBytes} bytes, more than ${LIMIT_BYTES}`] : []),
  ];
}

/** Names of the files in a .vsix, folders left out. */
export async function filesOf(vsix) {
  const zip = await promisify(yauzl.open)(vsix, { lazyEntries: false });
  const files = [];
  return new Promise((resolve, reject) => {
    zip.on("entry", ({ fileName }) => fileName.endsWith("/") || files.push(fileName));
    zip.on("end", () => resolve(files));
    zip.on("error", reject);
  });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [vsix = "layerscope.vsix"] = process.argv.slice(2);
  const { size } = statSync(vsix);
  const files = await filesOf(vsix);
  const wrong = complaints(files, size);
  for (const line of wrong) console.error(line);
  console.log(`${vsix}: ${files.length} files, ${(size / 2 ** 20).toFixed(1)} MB`);
  process.exitCode = wrong.length > 0 ? 1 : 0;
}
