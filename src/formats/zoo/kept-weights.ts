import { createHash } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { ZooFacts } from "../../model";
import { zooCatalogue } from "./catalogue";

/** A file of pretrained weights that Keras has fetched once. */
export interface KeptWeights {
  path: string;
  /** MD5 (32 digits) or SHA-256, as Keras has it; null where it has none. */
  checksum: string | null;
}

/** The pretrained weights of a Keras Application where Keras keeps them on this machine; null where they are not there. */
export function keptWeights(zoo: ZooFacts): KeptWeights | null {
  const files = zooCatalogue().models[zoo.architecture]?.[zoo.generation]?.weightFiles;
  const [name, checksum] = (zoo.weights !== null && files?.[zoo.includeTop ? "top" : "notop"]) || [null, null];
  if (name === null) return null;
  const path = join(process.env["KERAS_HOME"] ?? join(homedir(), ".keras"), "models", name);
  return existsSync(path) ? { path, checksum } : null;
}

/** Whether the file has the checksum that Keras asks of it. Reads it through. */
export async function isIntact({ path, checksum }: KeptWeights): Promise<boolean> {
  if (checksum === null) return true;
  const hash = createHash(checksum.length === 32 ? "md5" : "sha256");
  await pipeline(createReadStream(path, { highWaterMark: 2 ** 20 }), hash);
  return hash.digest("hex") === checksum;
}
