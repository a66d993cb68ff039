// Packs what make.py wrote into the archives that the tests read.
//
//   node scripts/models/pack.mjs FOLDER [OUTDIR]
//
// One brotli-compressed archive a model, both generations in it: a line of JSON, `[[path, bytes], …]`, then the files one after the other.
// One window over all of them keeps the three copies of a config that .h5, .keras and .json hold from counting three times.
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const [folder, outDir = "test/models"] = process.argv.slice(2);
if (!folder) throw new Error("usage: pack.mjs FOLDER [OUTDIR]");

function pack(model) {
  const root = join(folder, model);
  const paths = readdirSync(root, { recursive: true })
    .map((path) => join(root, path))
    .filter((path) => statSync(path).isFile())
    .sort();
  const contents = paths.map((path) => readFileSync(path));
  const list = JSON.stringify(paths.map((path, index) => [relative(root, path), contents[index].length]));
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 };
  return brotliCompressSync(Buffer.concat([Buffer.from(`${list}\n`), ...contents]), { params });
}

let total = 0;
const models = readdirSync(folder).sort();
for (const model of models) {
  const packed = pack(model);
  writeFileSync(join(outDir, `${model}.br`), packed);
  total += packed.length;
}
console.log(`${models.length} models, ${total} bytes`);
