import type { Json, JsonObject } from "../../model";
import { typeName } from "../graph/types";
import type { AttrValue, NameAttrList, TensorShapeProto } from "./messages";

/** An AttrValue as TensorFlow writes it in JSON; null of tensors, which are read where they lie. */
export function attributeJson(value: AttrValue): JsonObject | null {
  const kind = value.value;
  if (kind === undefined) return {};
  return kind === "tensor" ? null : { [kind]: KINDS[kind](value) };
}

const KINDS: { [kind in Exclude<NonNullable<AttrValue["value"]>, "tensor">]: (value: AttrValue) => Json } = {
  s: ({ s }) => base64(s),
  i: ({ i }) => String(i),
  f: ({ f }) => f,
  b: ({ b }) => b,
  type: ({ type }) => typeName(type),
  shape: ({ shape }) => shapeJson(shape),
  placeholder: ({ placeholder }) => placeholder,
  func: ({ func }) => functionJson(func),
  list: ({ list }) => listJson(list),
};

function listJson(list: AttrValue["list"]): JsonObject {
  if (!list) return {};
  const all: [string, Json[]][] = [
    ["s", list.s.map(base64)],
    ["i", list.i.map(String)],
    ["f", list.f],
    ["b", list.b],
    ["type", list.type.map(typeName)],
    ["shape", list.shape.map(shapeJson)],
    ["func", list.func.map(functionJson)],
  ];
  return Object.fromEntries(all.filter(([, values]) => values.length > 0));
}

export function shapeJson(shape: TensorShapeProto | undefined): JsonObject {
  if (shape?.unknown_rank) return { unknownRank: true };
  return { dim: (shape?.dim ?? []).map(({ size }) => ({ size: String(size) })) };
}

/** Its attributes, which may hold functions in turn, say nothing that is needed: functions that Python traced take none. */
function functionJson(written: NameAttrList | undefined): JsonObject {
  return { name: written?.name ?? "" };
}

function base64(bytes: Uint8Array | undefined): string {
  return bytes ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("base64") : "";
}
