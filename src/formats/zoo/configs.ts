import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import type { Json } from "../../model";
import { zooFolder } from "./folder";
import type { ZooSpec } from "./spec";

const NEWLINE = 0x0a;

/**
 * The config of one variant as Keras wrote it. A file holds all variants of a model and generation, a line of JSON each, the first
 * line naming them: together they compress to little more than one, and only the line wanted is parsed.
 */
export function zooConfig(spec: ZooSpec): Json {
  const lines = brotliDecompressSync(readFileSync(join(zooFolder(), `${spec.name}.${spec.generation}.jsonl.br`)));
  const variants = JSON.parse(line(lines, 0)) as string[];
  const index = variantsWanted(spec)
    .map((variant) => variants.indexOf(variant))
    .find((found) => found >= 0);
  if (index === undefined) throw new Error(`media/zoo is incomplete: ${spec.name} (${spec.generation}) lacks ${variantsWanted(spec)[0]}`);
  return JSON.parse(line(lines, index + 1)) as Json;
}

/** Names of the variant, best first: `none-…` is stored only where `weights=None` builds another topology. */
function variantsWanted(spec: ZooSpec): string[] {
  // Keras ignores `pooling` where there is a top.
  const variant = spec.includeTop ? "top" : spec.pooling ? `notop-${spec.pooling}` : "notop";
  return spec.weights === null ? [`none-${variant}`, variant] : [variant];
}

function line(lines: Buffer, number: number): string {
  let start = 0;
  for (let at = 0; at < number; at++) start = lines.indexOf(NEWLINE, start) + 1;
  const end = lines.indexOf(NEWLINE, start);
  return lines.toString("utf8", start, end < 0 ? lines.length : end);
}
