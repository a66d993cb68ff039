import { isObject, type Json, type Layer } from "../../model";
import { snakeCase, uniqueNames } from "./class-names";

/** Parts of a layer in the order in which Keras lists their weights; HDF5 lists them by name. */
const PARTS = [/^forward_layer$/, /^backward_layer$/, /^_?query_dense$/, /^_?key_dense$/, /^_?value_dense$/, /^_?output_dense$/];

/** Compares the names of what a layer's group holds: known parts and stacked cells as Keras orders them, then numbers, then names. */
export function byPart({ config }: Layer): (a: string, b: string) => number {
  const cells = cellNames(config);
  const rank = (key: string): number => {
    const part = PARTS.findIndex((pattern) => pattern.test(key));
    return part >= 0 ? part : cells.indexOf(key);
  };
  return (a, b) => rank(a) - rank(b) || Number(a) - Number(b) || (a < b ? -1 : 1);
}

/** Groups of the cells of a `StackedRNNCells` anywhere in a config (`lstm_cell`, `lstm_cell_1`), in their order. */
function cellNames(config: Json): string[] {
  if (!isObject(config)) return [];
  const cells = config["cells"];
  if (Array.isArray(cells)) {
    const unique = uniqueNames();
    return cells.map((cell) => unique(snakeCase(isObject(cell) ? String(cell["class_name"]) : "")));
  }
  for (const inner of Object.values(config)) {
    const names = cellNames(inner);
    if (names.length > 0) return names;
  }
  return [];
}
