/** Castagnoli's polynomial, bits reversed. @see RFC 3720, appendix B.4 */
const POLYNOMIAL = 0x82f63b78;
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
  return crc;
});
/** What is added to checksums that are stored beside what they are of. @see leveldb util/crc32c.h */
const MASK = 0xa282ead8;

/** The CRC-32C of these bytes, from 0 to 2^32 - 1. */
export function crc32c(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (let at = 0; at < bytes.length; at++) crc = (crc >>> 8) ^ (TABLE[(crc ^ (bytes[at] as number)) & 0xff] as number);
  return ~crc >>> 0;
}

/** The checksum that is stored as `masked`. */
export function unmasked(masked: number): number {
  const rotated = (masked - MASK) >>> 0;
  return ((rotated >>> 17) | (rotated << 15)) >>> 0;
}
