import { MessageChannel, type MessagePort } from "node:worker_threads";

/** Smaller arrays are not worth pages of their own. */
const LEAST_BYTES = 2 ** 16;

/**
 * The same numbers where TensorFlow uses them as they lie; from memory that does not begin at an address divisible by 64 it would make a
 * copy of its own. The original's memory is freed at once: collecting it is left until later, and weights are the most that a run holds.
 */
export function inPlace(numbers: Float32Array): Float32Array {
  const { byteLength, length, buffer, byteOffset } = numbers;
  if (byteLength < LEAST_BYTES || !(buffer instanceof ArrayBuffer)) return numbers;
  // Buffers that may be resized lie in pages of their own.
  const pages = new (ArrayBuffer as PagesConstructor)(byteLength, { maxByteLength: byteLength });
  const copy = new Float32Array(pages, 0, length);
  copy.set(numbers);
  if (byteOffset === 0 && buffer.byteLength === byteLength) free(buffer);
  return copy;
}

/** What TypeScript's library of this project's year leaves out. */
type PagesConstructor = new (byteLength: number, options: { maxByteLength: number }) => ArrayBuffer;

/** A message to nobody takes its buffers along. */
function free(buffer: ArrayBuffer): void {
  nowhere ??= closedPort();
  nowhere.postMessage(null, [buffer]);
}
let nowhere: MessagePort | null = null;

function closedPort(): MessagePort {
  const { port1, port2 } = new MessageChannel();
  port2.close();
  return port1;
}
