import { isObject, type Json, type JsonObject, type WeightEntry } from "../../model";
import { FormatError, quoted } from "../format-error";
import { isInside } from "../inside";
import type { Source } from "../source";
import { readPlace } from "./place";

/** Bytes of a number as tfjs stores it; strings are as long as they are. */
const DTYPE_BYTES: { [dtype: string]: number } = {
  float32: 4,
  int32: 4,
  bool: 1,
  uint8: 1,
  uint16: 2,
  float16: 2,
  complex64: 8,
  string: 0,
};
const MAX_AXES = 32;

/** A weight of the manifest; its owner is not known yet. */
export type ManifestEntry = Omit<WeightEntry, "layer">;

/**
 * The weights of a `weightsManifest`, with their places in the shards. Shards of a group are one run of bytes cut anywhere.
 * @throws FormatError where a shard is missing or outside the folder, or sizes disagree
 */
export function readManifest(source: Source, manifest: Json | undefined, folder: string): ManifestEntry[] {
  if (manifest === undefined || manifest === null) return [];
  if (!Array.isArray(manifest)) throw new FormatError("its weightsManifest is not a list");
  return manifest.flatMap((group) => readGroup(source, group, folder));
}

interface Shard {
  file: string;
  sizeBytes: number;
}

function readGroup(source: Source, group: Json, folder: string): ManifestEntry[] {
  if (!isObject(group) || !Array.isArray(group["paths"]) || !Array.isArray(group["weights"])) {
    throw new FormatError("its weightsManifest has a group without paths or weights");
  }
  const shards = group["paths"].map((path) => shardAt(source, path, folder));
  const entries: ManifestEntry[] = [];
  let position = 0;
  for (const json of group["weights"]) {
    const weight = parseWeight(json);
    if (weight.dtype === STRING) weight.sizeBytes = stringBytes({ source, shards, position }, weight);
    entries.push({
      name: weight.name,
      shape: weight.shape,
      dtype: weight.dtype,
      at: { ...placeOf(shards, position, weight.sizeBytes), ...weight.stored },
    });
    position += weight.sizeBytes;
  }
  requireSize(shards, position);
  return entries;
}

function shardAt(source: Source, path: Json, folder: string): Shard {
  if (typeof path !== "string" || !isInside(path)) throw new FormatError(`it names the shard ${quoted(path)}, which is outside its folder`);
  const file = folder + path;
  try {
    return { file, sizeBytes: source.size(file) };
  } catch {
    throw new FormatError(`its shard ${quoted(path)} is missing: put it beside ${source.name}`);
  }
}

function requireSize(shards: readonly Shard[], described: number): void {
  const held = shards.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  if (held === described) return;
  const names = shards.map(({ file }) => file);
  const which = names.length === 1 ? quoted(names[0]) : `${names.length} shards from ${quoted(names[0])} on`;
  throw new FormatError(
    `its manifest describes ${described} bytes of weights, but ${which} hold ${held}: a shard is cut off or of another model`,
  );
}

/** File and offset where byte `position` of a group lies, and the files in which `sizeBytes` from there go on. */
function placeOf(shards: readonly Shard[], position: number, sizeBytes: number): WeightEntry["at"] {
  let start = 0;
  for (const [index, shard] of shards.entries()) {
    const end = start + shard.sizeBytes;
    if (position < end || (sizeBytes === 0 && position === end)) {
      const furtherFiles = filesUpTo(shards.slice(index + 1), position + sizeBytes - end);
      return { file: shard.file, offset: position - start, sizeBytes, ...(furtherFiles.length > 0 ? { furtherFiles } : {}) };
    }
    start = end;
  }
  return { file: shards.at(-1)?.file ?? "", offset: shards.at(-1)?.sizeBytes ?? 0, sizeBytes }; // refused by requireSize
}

function filesUpTo(shards: readonly Shard[], bytes: number): string[] {
  const files: string[] = [];
  let left = bytes;
  for (const shard of shards) {
    if (left <= 0) break;
    files.push(shard.file);
    left -= shard.sizeBytes;
  }
  return files;
}

/** Strings lie one after the other, each behind its length. @see tfjs-core `decodeWeights` */
function stringBytes(
  { source, shards, position }: { source: Source; shards: readonly Shard[]; position: number },
  weight: ManifestWeight,
): number {
  const count = weight.shape.reduce((product, size) => product * size, 1);
  const held = shards.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  let at = position;
  for (let index = 0; index < count; index++) {
    if (at + LENGTH_BYTES > held) throw new FormatError(`its shards end within the strings of ${quoted(weight.name)}: one is cut off`);
    const length = readPlace(source, placeOf(shards, at, LENGTH_BYTES));
    at += LENGTH_BYTES + new DataView(length.buffer, length.byteOffset).getUint32(0, true);
  }
  return at - position;
}
const STRING = "string";
const LENGTH_BYTES = 4;

interface ManifestWeight {
  name: string;
  shape: number[];
  dtype: string;
  sizeBytes: number;
  stored: { quantization?: JsonObject };
}

function parseWeight(json: Json): ManifestWeight {
  const name = isObject(json) ? json["name"] : null;
  if (!isObject(json) || typeof name !== "string") throw new FormatError("its weightsManifest has a weight without a name");
  const shape = json["shape"];
  if (!Array.isArray(shape) || shape.length > MAX_AXES || !shape.every(isSize))
    throw new FormatError(`its weight ${quoted(name)} has no valid shape`);
  const quantization = isObject(json["quantization"]) ? json["quantization"] : null;
  const stored = (quantization ?? json)["dtype"];
  const bytes = typeof stored === "string" && Object.hasOwn(DTYPE_BYTES, stored) ? DTYPE_BYTES[stored] : undefined;
  if (bytes === undefined) throw new FormatError(`its weight ${quoted(name)} is of type ${quoted(stored)}, which is not supported`);
  const sizeBytes = (shape as number[]).reduce((product, size) => product * size, bytes);
  if (!Number.isSafeInteger(sizeBytes))
    throw new FormatError(`its weight ${quoted(name)} has the shape ${quoted(JSON.stringify(shape))}, too large for any file`);
  return { name, shape: shape as number[], dtype: String(json["dtype"]), sizeBytes, stored: quantization ? { quantization } : {} };
}

function isSize(size: Json): boolean {
  return typeof size === "number" && Number.isInteger(size) && size >= 0;
}
