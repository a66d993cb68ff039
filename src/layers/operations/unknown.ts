const PYTHON = "it runs Python functions that the file does not hold";
const CONSTANT = "it makes numbers before a model is built, and is no layer of one";
const VALUE = "it gives Python a value, and is no layer of a model";
const TEXT = "how many parts a text has depends on the text";

/** Why nobody can know what a function of `keras.ops` or of TensorFlow does: a clause a function, by its name, for those that have no row. */
export const UNKNOWABLE_OPERATIONS: { readonly [name: string]: string } = {
  associative_scan: PYTHON,
  case: PYTHON,
  cond: PYTHON,
  custom_gradient: PYTHON,
  foldl: PYTHON,
  foldr: PYTHON,
  fori_loop: PYTHON,
  jvp: PYTHON,
  map: PYTHON,
  map_fn: PYTHON,
  numpy_function: PYTHON,
  py_function: PYTHON,
  scan: PYTHON,
  switch: PYTHON,
  switch_case: PYTHON,
  vectorize: PYTHON,
  vectorized_map: PYTHON,
  while_loop: PYTHON,
  bartlett: CONSTANT,
  blackman: CONSTANT,
  empty: CONSTANT,
  eye: CONSTANT,
  hamming: CONSTANT,
  hanning: CONSTANT,
  kaiser: CONSTANT,
  tri: CONSTANT,
  convert_to_numpy: VALUE,
  dtype: VALUE,
  is_tensor: VALUE,
  "strings.bytes_split": TEXT,
  "strings.ngrams": TEXT,
  "strings.split": TEXT,
  "strings.unicode_decode": TEXT,
  "strings.unicode_split": TEXT,
};

/** Why a function is drawn as unknown: one clause; null for one that nobody has heard of. */
export function whyUnknownOperation(name: string): string | null {
  const last = name.slice(name.lastIndexOf(".") + 1);
  const key = [name, last].find((one) => Object.hasOwn(UNKNOWABLE_OPERATIONS, one));
  return key === undefined ? null : (UNKNOWABLE_OPERATIONS[key] as string);
}
