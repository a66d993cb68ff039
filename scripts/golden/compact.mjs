// Turns what generate.py wrote into the goldens that the tests read.
//
//   node scripts/golden/compact.mjs FOLDER 3|2|2.9 [OUTDIR]
//
// One brotli-compressed JSON file a model and generation, `{ "notop": …, "top": … }`. A config is kept as its hash only: the same
// config lies in media/zoo, and a test compares the two hashes.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gunzipSync } from "node:zlib";

const [folder, generation, outDir = "test/golden"] = process.argv.slice(2);
if (!folder || !["3", "2", "2.9"].includes(generation)) throw new Error("usage: compact.mjs FOLDER 3|2|2.9 [OUTDIR]");

/** JSON with sorted keys, so that equal configs give equal texts. */
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const fields = Object.keys(value).sort();
  return `{${fields.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
}

function compact(document) {
  const { version, model, input, output, params, trainable } = document;
  return {
    version,
    model,
    input,
    output,
    params,
    trainable,
    configHash: createHash("sha256").update(canonical(document.config)).digest("hex"),
    layers: document.layers.map(({ name, cls, params: own, weights }) => [name, cls, own, weights]),
    probes: document.probes.map(({ input: shape, shapes, door, failed, output: result }) => ({
      input: shape,
      shapes,
      door,
      failed,
      output: result,
    })),
  };
}

function read(file) {
  return JSON.parse(gunzipSync(readFileSync(join(folder, file))).toString());
}

const byName = {};
for (const file of readdirSync(folder).sort()) {
  if (!file.endsWith("top.json.gz")) continue;
  const document = read(file);
  byName[document.arch] ??= {};
  byName[document.arch][document.top ? "top" : "notop"] = compact(document);
}

const options = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 } };
let total = 0;
for (const [name, variants] of Object.entries(byName)) {
  const packed = brotliCompressSync(JSON.stringify(variants), options);
  writeFileSync(join(outDir, `${name}.${generation}.json.br`), packed);
  total += packed.length;
}
console.log(`${Object.keys(byName).length} models, ${total} bytes`);
