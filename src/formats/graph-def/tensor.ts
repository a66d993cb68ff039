import { elementCount, type WeightEntry } from "../../model";
import { FormatError } from "../format-error";
import { MOST_VALUES, type StoredTensor } from "../graph/definition";
import { typeName, typeOf } from "../graph/types";
import { bytesEach } from "../tfjs/numbers";
import { readTensorProto, readTensorShapeProto, type TensorShapeProto } from "./messages";
import { smallValues } from "./values";
import type { Field, Range, WireFile } from "./wire";

/** Fields of a TensorProto; of these three the numbers lie one behind the other. */
const FIELD = { dtype: 1, shape: 2 } as const;
const NUMBERS = new Set([4, 5, 6]);
const MOST_BYTES = 2 ** 22;

/** The tensor whose TensorProto lies in `range`; of a large one only where its numbers lie. @throws FormatError where its shape is none */
export function storedTensor(file: WireFile, range: Range): StoredTensor {
  const { type, shape, numbers } = tensorHead(file, range);
  const { keras = "", tfjs: dtype = "float32" as const } = typeOf(type) ?? {};
  const count = elementCount(shape);
  const isSmall = count <= MOST_VALUES[dtype] && range.end - range.start <= MOST_BYTES;
  const values = isSmall ? smallValues(file.message(range, readTensorProto), keras, count) : null;
  const at = numbers && placeOf(file, numbers, count * (bytesEach(keras) ?? 0));
  return { shape, dtype, values, at, isVariable: false, ...(keras !== dtype ? { storedAs: keras } : {}) };
}

interface TensorHead {
  /** As TensorFlow names it. */
  type: string;
  shape: number[];
  numbers: Range | null;
}

function tensorHead(file: WireFile, range: Range): TensorHead {
  const head: TensorHead = { type: "DT_INVALID", shape: [], numbers: null };
  const numbers: Field[] = [];
  for (const field of file.fields(range)) {
    if (field.number === FIELD.dtype) head.type = typeName(field.value);
    else if (field.number === FIELD.shape) head.shape = concrete(file.message(field, readTensorShapeProto));
    else if (NUMBERS.has(field.number)) numbers.push(field);
  }
  // Numbers of a field each do not lie one behind the other.
  return { ...head, numbers: numbers.length === 1 ? (numbers[0] as Range) : null };
}

/** @throws FormatError where a size is left open or negative */
export function concrete({ dim, unknown_rank }: TensorShapeProto): number[] {
  const sizes = dim.map(({ size }) => size);
  if (unknown_rank || sizes.some((size) => !(size >= 0)) || !Number.isSafeInteger(elementCount(sizes)))
    throw new FormatError(`it holds a tensor of the shape [${sizes.slice(0, 8).join(", ")}], which none can have`);
  return sizes;
}

/** `wanted`: bytes that all numbers would take, were they all there; 0 for what is no plain numbers. */
function placeOf(file: WireFile, { start, end }: Range, wanted: number): WeightEntry["at"] | null {
  if (wanted === 0 || end === start) return null;
  const sizeBytes = end - start;
  return { file: file.path, offset: start, sizeBytes, ...(sizeBytes < wanted ? { repeatsLast: true as const } : {}) };
}
