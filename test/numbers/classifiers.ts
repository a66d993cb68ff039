import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ModelDefinition } from "nsfwjs/core";
import type { DecodedImage } from "../../src/images";

/** Layer that makes 0 to 1 of pixels, as nsfwjs does before its models. */
const RESCALING = "pixels_to_1";

/** Unpacks a model of nsfwjs, base64 in modules, as the tfjs folder it was made of; before its first layer comes one for pixels. */
export async function unpackClassifier({ modelJson, weightBundles }: ModelDefinition, folder: string): Promise<void> {
  const model = structuredClone((await modelJson()).default) as unknown as ClassifierJson;
  const paths = model.weightsManifest.flatMap((group) => group.paths);
  rescalePixels(model.modelTopology.model_config.config);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "model.json"), JSON.stringify(model));
  for (const [index, path] of paths.entries()) {
    const base64 = (await weightBundles[index]?.())?.default as string;
    writeFileSync(join(folder, path), Buffer.from(base64, "base64"));
  }
}

interface ClassifierJson {
  modelTopology: { model_config: { config: NetworkConfig } };
  weightsManifest: { paths: string[] }[];
}
interface NetworkConfig {
  layers: { name: string; class_name: string; config: object; inbound_nodes: [name: string, ...rest: unknown[]][][] }[];
}

function rescalePixels({ layers }: NetworkConfig): void {
  const input = layers.find(({ class_name: name }) => name === "InputLayer")?.name as string;
  for (const { inbound_nodes: nodes } of layers) for (const reference of nodes.flat()) if (reference[0] === input) reference[0] = RESCALING;
  const config = { name: RESCALING, dtype: "float32", scale: 1 / 255, offset: 0 };
  layers.splice(1, 0, { name: RESCALING, class_name: "Rescaling", config, inbound_nodes: [[[input, 0, 0, {}]]] });
}

/** A picture: a disc before waves. The same numbers as `picture` of scripts/numbers/classifiers.py. */
export function drawPicture(side: number): DecodedImage {
  const rgba = new Uint8Array(side * side * 4);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++)
      for (let channel = 0; channel < 4; channel++) rgba[(y * side + x) * 4 + channel] = channel === 3 ? 255 : colour(x, y, channel, side);
  return { width: side, height: side, rgba };
}

function colour(x: number, y: number, channel: number, side: number): number {
  const isDisc = (2 * x - side) ** 2 + (2 * y - side) ** 2 < (side * side) / 3;
  return isDisc ? 230 - channel * 60 + ((x + y) % 20) : (x * 3 + y * (channel + 1) + ((x * y) >> 5)) % 256;
}
