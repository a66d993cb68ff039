import { PbfReader } from "pbf";
import { FormatError } from "../format-error";
import type { Source } from "../source";

/** Where a value lies in a file, in bytes; `end` is behind it. */
export interface Range {
  start: number;
  end: number;
}

/** A field of a message: its number, and where its value lies, or the value itself of a number. */
export interface Field extends Range {
  number: number;
  value: number;
}

/** What is read at once: a window, or a file that is not much larger. */
const WINDOW = 2 ** 20;
const SMALL_FILE = 2 ** 24;
/** Bytes of a number. */
const LONGEST = 10;

/** A file of protobuf messages of which only what is asked for is read, a window at a time. */
export class WireFile {
  readonly whole: Range;
  private window: Uint8Array = new Uint8Array(0);
  private windowStart = 0;

  constructor(
    private readonly source: Source,
    readonly path: string,
  ) {
    this.whole = { start: 0, end: source.size(path) };
  }

  /** The fields of the message in `range`, in the order of the file. @throws FormatError where one is longer than the message */
  *fields({ start, end }: Range): Generator<Field> {
    let at = start;
    while (at < end) {
      const tag = this.varint(at, end);
      const type = tag.value % 8;
      const number = Math.floor(tag.value / 8);
      const head = type === VARINT || type === BYTES ? this.varint(tag.end, end) : { value: LENGTHS[type] ?? Number.NaN, end: tag.end };
      const field = { number, value: head.value, start: head.end, end: type === VARINT ? head.end : head.end + head.value };
      if (!(field.end <= end) || number === 0) throw this.damaged(at);
      yield field;
      at = field.end;
    }
  }

  /** A number of seven bits a byte, lowest first, each but the last with its eighth bit set. */
  private varint(at: number, end: number): { value: number; end: number } {
    this.require(at, Math.min(LONGEST, end - at));
    let value = 0;
    let factor = 1;
    for (let index = at; index < Math.min(end, at + LONGEST); index++) {
      const byte = this.window[index - this.windowStart] as number;
      value += (byte % 128) * factor;
      if (byte < 128) return { value, end: index + 1 };
      factor *= 128;
    }
    throw this.damaged(at);
  }

  /** The bytes in `range`, of which the caller knows that they are few. */
  bytes({ start, end }: Range): Uint8Array {
    const isLarge = end - start > WINDOW && this.whole.end > SMALL_FILE;
    if (isLarge) return this.read(start, end - start);
    this.require(start, end - start);
    return this.window.subarray(start - this.windowStart, end - this.windowStart);
  }

  /** The message in `range`, of which the caller knows that it is small. @throws FormatError where it is none */
  message<T>(range: Range, read: (pbf: PbfReader, end?: number) => T): T {
    try {
      return decoded(this.bytes(range), read);
    } catch (error) {
      throw error instanceof FormatError ? error : this.damaged(range.start);
    }
  }

  private damaged(at: number): FormatError {
    return new FormatError(`${this.path} is cut off or damaged at byte ${at} of ${this.whole.end}: get the file anew`);
  }

  private require(start: number, length: number): void {
    if (start >= this.windowStart && start + length <= this.windowStart + this.window.length) return;
    const { end } = this.whole;
    this.windowStart = end <= SMALL_FILE ? 0 : start;
    this.window = this.read(this.windowStart, Math.max(length, Math.min(end <= SMALL_FILE ? end : WINDOW, end - start)));
  }

  private read(start: number, length: number): Uint8Array {
    const bytes = this.source.read(this.path, start, length);
    if (bytes.length < length) throw this.damaged(start);
    return bytes;
  }
}

const VARINT = 0;
const BYTES = 2;
/** Of the types of fields that have one: 64 bits, 32 bits. */
const LENGTHS: { readonly [type: number]: number } = { 1: 8, 5: 4 };

/** A whole message. @throws Error where the bytes are none */
export function decoded<T>(bytes: Uint8Array, read: (pbf: PbfReader, end?: number) => T): T {
  const reader = new BoundedReader(bytes);
  const message = read(reader);
  if (reader.pos !== bytes.length) throw new RangeError("a message goes on behind its end");
  return message;
}

/** pbf believes every length that it reads. */
class BoundedReader extends PbfReader {
  override nextField(end = this.length): number {
    return super.nextField(this.inside(end));
  }

  override readPackedEnd(): number {
    return this.inside(super.readPackedEnd());
  }

  private inside(end: number): number {
    if (!(end <= this.length)) throw new RangeError("a message is longer than what holds it");
    return end;
  }
}
