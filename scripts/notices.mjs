// The licences of everything that is bundled, for people who get only the bundles.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const LICENCE_FILE = /^(licen[cs]e|copying|notice|third-?party-?notices)([-.].*)?$/i;
const USUAL_TEXTS = {
  MIT: `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`,
  ISC: `Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted, provided that the above copyright notice and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT, INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THIS SOFTWARE.`,
};
const RULE = "=".repeat(100);

/** The folder of the package that a bundled file belongs to; null for our own files. */
export function packageFolder(path) {
  const found = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path);
  return found ? found[1] : null;
}

/**
 * Notices for the packages among the inputs of esbuild's metafiles, by name.
 * @param {{ inputs: Record<string, unknown>, outputs: Record<string, { inputs: Record<string, { bytesInOutput: number }> }> }[]} metafiles
 * @param {string} root folder that the paths in the metafiles start from
 * @throws Error naming a package without a licence
 */
export function notices(metafiles, root) {
  const used = metafiles.flatMap(({ outputs }) => Object.values(outputs).flatMap(({ inputs }) => keptInputs(inputs)));
  const folders = [...new Set(used.map(packageFolder))].filter((folder) => folder !== null);
  const packages = new Map(folders.map((folder) => describe(join(root, folder))).map((one) => [`${one.name} ${one.version}`, one]));
  const sections = [...packages].sort(([a], [b]) => (a < b ? -1 : 1)).map(([title, one]) => section(title, one));
  return `${["Layerscope contains the following packages. Each is under its own licence, given below.", ...sections].join(`\n\n${RULE}\n`)}\n`;
}

/** What the bundler looked at and left out is not in the bundle. */
function keptInputs(inputs) {
  return Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : []));
}

function describe(folder) {
  const { name, version, license, author, contributors, homepage, repository } = JSON.parse(readFileSync(packageJson(folder), "utf8"));
  const texts = [folder, ...COMPILED.map((inside) => join(folder, inside))].flatMap(licenceTexts);
  const licence = typeof license === "string" ? license : license?.type;
  if (!licence && texts.length === 0)
    throw new Error(`${name} ${version} is bundled and has no licence: leave it out, or ask its authors.`);
  return { name, version, licence, by: author?.name ?? author ?? contributors?.[0]?.name, at: homepage ?? repository?.url, texts };
}

/** Where packages keep what they have compiled of others, with its licence. */
const COMPILED = ["codec"];

function licenceTexts(folder) {
  const files = existsSync(folder) ? readdirSync(folder).filter((file) => LICENCE_FILE.test(file)) : [];
  return files.map((file) => readFileSync(join(folder, file), "utf8").trim());
}

function packageJson(folder) {
  const path = join(folder, "package.json");
  if (!existsSync(path)) throw new Error(`${dirname(path)} has no package.json.`);
  return path;
}

function section(title, { licence, by, at, texts }) {
  const facts = [title, licence && `Licence: ${licence}`, by && `By: ${by}`, at && `From: ${at}`].filter(Boolean).join("\n");
  return [facts, ...(texts.length > 0 ? texts : [usualText(licence, by)])].join("\n\n");
}

/** For a package that names its licence and leaves out the text. */
function usualText(licence, by) {
  const text = USUAL_TEXTS[licence];
  if (text) return `Copyright (c) ${by ?? "the authors"}\n\n${text}`;
  return licence === "Apache-2.0" ? "(the text of Apache-2.0 is in LICENSE)" : `(the text is at https://spdx.org/licenses/${licence}.html)`;
}
