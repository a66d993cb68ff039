import type { Constant } from "../../model";
import registry from "./registry.json";

interface TypeRow {
  /** As Keras and NumPy name it. */
  keras: string;
  /** What tfjs computes it with. */
  tfjs: Constant["dtype"];
}

/** By TensorFlow's names. */
const TYPES: { readonly [name: string]: TypeRow | undefined } = {
  DT_FLOAT: { keras: "float32", tfjs: "float32" },
  DT_DOUBLE: { keras: "float64", tfjs: "float32" },
  DT_HALF: { keras: "float16", tfjs: "float32" },
  DT_BFLOAT16: { keras: "bfloat16", tfjs: "float32" },
  DT_INT8: { keras: "int8", tfjs: "int32" },
  DT_INT16: { keras: "int16", tfjs: "int32" },
  DT_INT32: { keras: "int32", tfjs: "int32" },
  DT_INT64: { keras: "int64", tfjs: "int32" },
  DT_UINT8: { keras: "uint8", tfjs: "int32" },
  DT_UINT16: { keras: "uint16", tfjs: "int32" },
  DT_UINT32: { keras: "uint32", tfjs: "int32" },
  DT_UINT64: { keras: "uint64", tfjs: "int32" },
  DT_QINT8: { keras: "int8", tfjs: "int32" },
  DT_QUINT8: { keras: "uint8", tfjs: "int32" },
  DT_QINT32: { keras: "int32", tfjs: "int32" },
  DT_BOOL: { keras: "bool", tfjs: "bool" },
  DT_STRING: { keras: "string", tfjs: "string" },
  DT_COMPLEX64: { keras: "complex64", tfjs: "complex64" },
  DT_COMPLEX128: { keras: "complex128", tfjs: "complex64" },
};

const NAMES: { readonly [number: string]: string | undefined } = registry.types;

/** TensorFlow's name of a type by its number: `DT_FLOAT`. */
export function typeName(number: number): string {
  return NAMES[number] ?? "DT_INVALID";
}

/** A type by TensorFlow's name (`DT_FLOAT`); of references to variables the type that they hold; null where it holds no numbers and no text. */
export function typeOf(name: string): TypeRow | null {
  return TYPES[name.replace(/_REF$/, "")] ?? null;
}
