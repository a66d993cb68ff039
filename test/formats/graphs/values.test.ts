import { PbfReader } from "pbf";
import { describe, expect, test } from "vitest";
import { memorySource } from "../../../src/formats";
import { readTensorProto, type TensorProto } from "../../../src/formats/graph-def/messages";
import { smallValues } from "../../../src/formats/graph-def/values";
import { crc32c, unmasked } from "../../../src/formats/saved-model/crc32c";
import { readTfjsNumbers } from "../../../src/formats/tfjs/numbers";

const EMPTY = readTensorProto(new PbfReader(new Uint8Array(0)));
const text = (written: string): Uint8Array => new TextEncoder().encode(written);
const bytes = (numbers: ArrayBufferView): Uint8Array => new Uint8Array(numbers.buffer);

describe("values of a constant", () => {
  test.each<[string, Partial<TensorProto>, string, number, (number | string)[] | null]>([
    ["floats as bytes", { tensor_content: bytes(Float32Array.of(1.5, -2)) }, "float32", 2, [1.5, -2]],
    ["halves in a list", { half_val: [0x3c00, 0xc000] }, "float16", 2, [1, -2]],
    ["bfloats in a list", { half_val: [0x3f80, 0xc000] }, "bfloat16", 2, [1, -2]],
    ["doubles in a list", { double_val: [0.1] }, "float64", 1, [0.1]],
    ["the last one for all that follow", { int_val: [1, 2] }, "int32", 4, [1, 2, 2, 2]],
    ["none for zeros", {}, "int32", 2, [0, 0]],
    ["no text", {}, "string", 1, [""]],
    ["texts", { string_val: [text("a"), text("bc")] }, "string", 2, ["a", "bc"]],
    ["claims", { bool_val: [true, false] }, "bool", 2, [1, 0]],
    ["wide integers as tfjs has them", { int64_val: [2 ** 40, -(2 ** 40), 7] }, "int64", 3, [2 ** 31 - 1, -(2 ** 31), 7]],
    ["as bytes too", { tensor_content: bytes(BigInt64Array.of(9223372036854775807n)) }, "int64", 1, [2 ** 31 - 1]],
    ["complex numbers, which are no plain ones", { tensor_content: new Uint8Array(8) }, "complex64", 1, null],
  ])("%s", (_what, proto, dtype, count, values) => {
    expect(smallValues({ ...EMPTY, ...proto }, dtype, count)).toEqual(values);
  });
});

describe("numbers that lie in a file", () => {
  test.each<[string, ArrayBufferView, number[]]>([
    ["float32", Float32Array.of(1.5, -2), [1.5, -2]],
    ["float64", Float64Array.of(0.25, 3), [0.25, 3]],
    ["float16", Uint16Array.of(0x3c00, 0xc000), [1, -2]],
    ["bfloat16", Uint16Array.of(0x3f80, 0xc000), [1, -2]],
    ["int8", Int8Array.of(-3, 4), [-3, 4]],
    ["int16", Int16Array.of(-300, 4), [-300, 4]],
    ["int64", BigInt64Array.of(-5n, 6n), [-5, 6]],
    ["uint32", Uint32Array.of(7, 8), [7, 8]],
    ["uint64", BigUint64Array.of(9n, 10n), [9, 10]],
    ["bool", Uint8Array.of(1, 0), [1, 0]],
  ])("%s", (dtype, written, numbers) => {
    const source = memorySource("w", new Map([["w", bytes(written)]]));
    const entry = { layer: null, name: "w", shape: [2], dtype, at: { file: "w", offset: 0, sizeBytes: written.byteLength } };
    expect(Array.from(readTfjsNumbers(source, entry) ?? [])).toEqual(numbers);
    expect(readTfjsNumbers(source, { ...entry, shape: [3] })).toBeNull();
    const repeating = { ...entry, shape: [4], at: { ...entry.at, repeatsLast: true as const } };
    expect(Array.from(readTfjsNumbers(source, repeating) ?? [])).toEqual([...numbers, numbers[1], numbers[1]]);
  });
});

test("checksums are those of RFC 3720 and LevelDB", () => {
  expect(crc32c(text("123456789"))).toBe(0xe3069283);
  expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
  const crc = crc32c(text("foo"));
  const masked = (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
  expect(unmasked(masked)).toBe(crc);
});
