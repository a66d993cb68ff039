import { deflateRawSync } from "node:zlib";

/** A file of an archive, and the lies that are told of it. */
export interface ZipPart {
  name: string;
  bytes: Uint8Array;
  deflate?: boolean;
  /** In place of the real compression method. */
  method?: number;
  /** In place of the bytes as stored. */
  stored?: Uint8Array;
  /** In place of the real unpacked size. */
  saysBytes?: number;
}

/** A zip archive, written by hand so that it can lie. @see PKWARE's APPNOTE.TXT, 4.3 */
export function zipOf(parts: readonly ZipPart[]): Uint8Array {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const part of parts) {
    const name = Buffer.from(part.name);
    const stored = Buffer.from(part.stored ?? (part.deflate ? deflateRawSync(part.bytes) : part.bytes));
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(part.method ?? (part.deflate ? 8 : 0), 4);
    facts.writeUInt32LE(stored.length, 14);
    facts.writeUInt32LE(part.saysBytes ?? part.bytes.length, 18);
    facts.writeUInt16LE(name.length, 22);
    files.push(Buffer.from("PK\x03\x04", "latin1"), facts, name, stored);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(Buffer.from("PK\x01\x02\x14\x00", "latin1"), facts, place, name);
    offset += 4 + facts.length + name.length + stored.length;
  }
  const end = Buffer.alloc(18);
  end.writeUInt16LE(parts.length, 4);
  end.writeUInt16LE(parts.length, 6);
  end.writeUInt32LE(Buffer.concat(directory).length, 8);
  end.writeUInt32LE(offset, 12);
  return new Uint8Array(Buffer.concat([...files, ...directory, Buffer.from("PK\x05\x06", "latin1"), end]));
}
