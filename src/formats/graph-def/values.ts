import { numbersIn } from "../tfjs/numbers";
import type { TensorProto } from "./messages";

type Values = number[] | string[];

const text = new TextDecoder();
const halves = (proto: TensorProto): Uint8Array => new Uint8Array(Uint16Array.from(proto.half_val).buffer);
const integers = (proto: TensorProto): number[] => proto.int_val;

/** Where a TensorProto has its values when not as bytes, by their type. */
const LISTED: { readonly [dtype: string]: (proto: TensorProto) => Values | null } = {
  float32: (proto) => proto.float_val,
  float64: (proto) => proto.double_val,
  float16: (proto) => numbersIn(halves(proto), "float16"),
  bfloat16: (proto) => numbersIn(halves(proto), "bfloat16"),
  int8: integers,
  int16: integers,
  int32: integers,
  int64: (proto) => proto.int64_val,
  uint8: integers,
  uint16: integers,
  uint32: (proto) => proto.uint32_val,
  uint64: (proto) => proto.uint64_val,
  bool: (proto) => proto.bool_val.map(Number),
  string: (proto) => proto.string_val.map((bytes) => text.decode(bytes)),
};

/** All `count` values of a small tensor: the last one that is written stands for those that are not. Null for types without plain values. */
export function smallValues(proto: TensorProto, dtype: string, count: number): Values | null {
  const content = proto.tensor_content;
  const written = content?.length ? numbersIn(content, dtype) : (LISTED[dtype]?.(proto) ?? null);
  if (!written) return null;
  const last = written.at(-1) ?? (dtype === "string" ? "" : 0);
  const all = Array.from({ length: count }, (_, index) => written[index] ?? last) as Values;
  return WIDE.has(dtype) ? (all as number[]).map(asInt32) : all;
}

/** tfjs has integers of 32 bits: what is larger means "to the end" or "none". */
const WIDE = new Set(["int64", "uint32", "uint64"]);
const asInt32 = (value: number): number => Math.max(-(2 ** 31), Math.min(2 ** 31 - 1, value));
