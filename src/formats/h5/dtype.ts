/** h5wasm spells types as NumPy does; Keras's names for those that weights have. */
const NAMES: { [code: string]: string } = {
  e: "float16",
  f: "float32",
  d: "float64",
  b: "int8",
  B: "uint8",
  h: "int16",
  H: "uint16",
  i: "int32",
  I: "uint32",
  q: "int64",
  Q: "uint64",
};

/** `float32` for `<f`; what h5wasm says where it is no number. */
export function dtypeName(dtype: unknown): string {
  const code = typeof dtype === "string" ? dtype.replace(/^[<>=|]/, "") : "";
  return Object.hasOwn(NAMES, code) ? (NAMES[code] as string) : typeof dtype === "string" ? dtype : "unknown";
}
