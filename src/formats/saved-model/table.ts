import { FormatError } from "../format-error";
import { crc32c, unmasked } from "./crc32c";

/**
 * The sorted table that TensorFlow keeps an index of a checkpoint in, which is LevelDB's: blocks of keys and values, an index of those
 * blocks, and a footer that tells where the index is.
 * @see leveldb doc/table_format.md, tensorflow/core/lib/io/format.cc
 */
export function tableEntries(bytes: Uint8Array, file: string): Map<string, Uint8Array> {
  const table = new Table(bytes, file);
  const entries = new Map<string, Uint8Array>();
  for (const block of table.blocks()) for (const [key, value] of table.entries(block)) entries.set(key, value);
  return entries;
}

const FOOTER = 48;
const MAGIC = 0xdb4775248b80fb57n;
/** Behind each block: how it is compressed and the checksum. */
const TRAILER = 5;
const LONGEST_VARINT = 10;

const text = new TextDecoder();

class Table {
  private readonly view: DataView;

  constructor(
    private readonly bytes: Uint8Array,
    private readonly file: string,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** The blocks that hold entries. */
  *blocks(): Generator<Uint8Array> {
    const { length } = this.bytes;
    if (length < FOOTER || this.view.getBigUint64(length - 8, true) !== MAGIC)
      throw this.damaged("does not end as an index of a checkpoint does");
    const footer = new Cursor(this.bytes.subarray(length - FOOTER, length));
    footer.varint();
    footer.varint();
    const index = this.block(footer.varint(), footer.varint());
    for (const [, handle] of this.entries(index)) {
      const place = new Cursor(handle);
      yield this.block(place.varint(), place.varint());
    }
  }

  private block(offset: number, size: number): Uint8Array {
    const end = offset + size;
    if (!(end + TRAILER <= this.bytes.length)) throw this.damaged(`has a block that ends at byte ${end}, and ${this.bytes.length} bytes`);
    if (this.bytes[end] !== 0) throw this.damaged("is compressed, which is not read");
    if (unmasked(this.view.getUint32(end + 1, true)) !== crc32c(this.bytes.subarray(offset, end + 1)))
      throw this.damaged(`has a wrong checksum at byte ${end + 1}`);
    return this.bytes.subarray(offset, end);
  }

  /** Keys and values; each key begins with so many bytes of the one before it. */
  *entries(block: Uint8Array): Generator<[string, Uint8Array]> {
    const restarts = block.length < 4 ? 0 : new DataView(block.buffer, block.byteOffset + block.length - 4).getUint32(0, true);
    const cursor = new Cursor(block.subarray(0, Math.max(0, block.length - 4 * (restarts + 1))));
    let key: Uint8Array = new Uint8Array(0);
    while (!cursor.isAtEnd) {
      const [shared, rest, length] = [cursor.varint(), cursor.varint(), cursor.varint()];
      const own = cursor.take(rest);
      const value = cursor.take(length);
      if (!own || !value || shared > key.length) throw this.damaged("has an entry that is longer than its block");
      const whole = new Uint8Array(shared + rest);
      whole.set(key.subarray(0, shared));
      whole.set(own, shared);
      key = whole;
      yield [text.decode(key), value];
    }
  }

  private damaged(how: string): FormatError {
    return new FormatError(`${this.file} ${how}: get the file anew`);
  }
}

class Cursor {
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  get isAtEnd(): boolean {
    return this.at >= this.bytes.length;
  }

  /** Behind the end of the bytes there are zeros. */
  varint(): number {
    let value = 0;
    for (let place = 0; place < LONGEST_VARINT; place++) {
      const byte = this.bytes[this.at++] ?? 0;
      value += (byte % 128) * 128 ** place;
      if (byte < 128) break;
    }
    return value;
  }

  /** Null where there are not so many. */
  take(length: number): Uint8Array | null {
    if (this.at + length > this.bytes.length) return null;
    this.at += length;
    return this.bytes.subarray(this.at - length, this.at);
  }
}
