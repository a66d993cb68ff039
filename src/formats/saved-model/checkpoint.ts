import type { WeightEntry } from "../../model";
import { elementCount } from "../../model";
import { FormatError, quoted } from "../format-error";
import { typeName, typeOf } from "../graph/types";
import { type BundleEntryProto, readBundleEntryProto, readBundleHeaderProto } from "../graph-def/messages";
import { concrete } from "../graph-def/tensor";
import { decoded } from "../graph-def/wire";
import type { Source } from "../source";
import { bytesEach } from "../tfjs/numbers";
import { tableEntries } from "./table";

/** A variable that a checkpoint holds. */
export interface SavedTensor {
  shape: number[];
  /** As TensorFlow names it: `DT_FLOAT`. */
  type: string;
  /** Null where it is saved in slices. */
  at: WeightEntry["at"] | null;
}

/** No index is longer. */
const MOST_BYTES = 2 ** 28;

/**
 * What a checkpoint holds, by its keys. `prefix`: of its files, `variables/variables`. The numbers are not read.
 * @throws FormatError where the index is damaged or a shard is missing or too short
 */
export function readCheckpoint(source: Source, prefix: string): Map<string, SavedTensor> {
  const file = `${prefix}.index`;
  const size = source.size(file);
  if (size > MOST_BYTES) throw new FormatError(`${file} has ${size} bytes, which no index of a checkpoint has`);
  const entries = tableEntries(source.read(file, 0, size), file);
  const header = entries.get("");
  if (!header) throw new FormatError(`${file} has no header: get the file anew`);
  const { num_shards, endianness } = read(file, header, readBundleHeaderProto);
  if (endianness !== 0) throw new FormatError(`${file} was written with the highest byte first, which is not read`);
  entries.delete("");
  const shards = new Shards(source, prefix, num_shards);
  return new Map([...entries].map(([key, value]) => [key, shards.tensor(key, read(file, value, readBundleEntryProto))]));
}

function read<T>(file: string, bytes: Uint8Array, reader: Parameters<typeof decoded<T>>[1]): T {
  try {
    return decoded(bytes, reader);
  } catch {
    throw new FormatError(`${file} has an entry that cannot be read: get the file anew`);
  }
}

class Shards {
  private readonly sizes = new Map<number, number>();

  constructor(
    private readonly source: Source,
    private readonly prefix: string,
    private readonly count: number,
  ) {}

  tensor(key: string, { dtype, shape, shard_id, offset, size, slices }: BundleEntryProto): SavedTensor {
    const type = typeName(dtype);
    const sizes = shape ? concrete(shape) : [];
    if (slices.length > 0) return { shape: sizes, type, at: null };
    const file = this.file(shard_id);
    const held = this.size(shard_id, file);
    const needed = elementCount(sizes) * (bytesEach(typeOf(type)?.keras ?? "") ?? 0);
    if (!(offset >= 0 && offset + size <= held && size >= needed))
      throw new FormatError(
        `${file} has ${held} bytes, and ${quoted(key)} of ${needed || size} bytes begins at byte ${offset}: it is cut off or of another model`,
      );
    return { shape: sizes, type, at: { file, offset, sizeBytes: size } };
  }

  private file(shard: number): string {
    const [own, all] = [shard, this.count].map((number) => String(number).padStart(5, "0"));
    return `${this.prefix}.data-${own}-of-${all}`;
  }

  private size(shard: number, file: string): number {
    const known = this.sizes.get(shard);
    if (known !== undefined) return known;
    const size = this.fileSize(file);
    this.sizes.set(shard, size);
    return size;
  }

  private fileSize(file: string): number {
    try {
      return this.source.size(file);
    } catch {
      throw new FormatError(`${quoted(file)} is missing: put it back, or copy the whole folder anew`);
    }
  }
}
