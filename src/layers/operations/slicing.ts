import * as tf from "@tensorflow/tfjs-core";
import { knownValues } from "../../engines";
import { isObject, type Shape } from "../../model";
import { type OperationRow, operation } from "../operation";
import { type Bound, type DeclaredArgument, DeclaredTensor } from "../row";
import { declaredShapeOf, tensorOf } from "./values";

/** One part of `x[a:b, None, 0]`. */
type Part =
  | { kind: "slice"; start: number | null; stop: number | null; step: number }
  | { kind: "index"; at: number }
  | { kind: "new" }
  | { kind: "rest" };

/** Python's slices as both generations write them. @throws Error for what picks by tensors or masks */
function partOf(value: Bound): Part {
  if (value === null) return { kind: "new" };
  if (typeof value === "number") return { kind: "index", at: value };
  if (value instanceof tf.Tensor) return { kind: "index", at: numberOf(value) as number };
  if (isEllipsis(value)) return { kind: "rest" };
  const fields = sliceFields(value);
  if (!fields) throw new Error("what it picks out is written in a form that is not known");
  const [start = null, stop = null, step = null] = fields;
  return { kind: "slice", start: numberOf(start), stop: numberOf(stop), step: numberOf(step) ?? 1 };
}

const isEllipsis = (value: Bound): boolean =>
  value === "Ellipsis" || value === "..." || (isObject(value) && value["class_name"] === "__ellipsis__");

/** `{start, stop, step}`, bare (Keras 2) or in a `config` (Keras 3: a list or an object). */
function sliceFields(value: Bound): Bound[] | null {
  if (!isObject(value)) return null;
  const config = value["config"];
  if (Array.isArray(config)) return config;
  const holder = isObject(config) ? config : value;
  const isSlice = "start" in holder || "stop" in holder || "step" in holder;
  return isSlice ? ([holder["start"] ?? null, holder["stop"] ?? null, holder["step"] ?? null] as Bound[]) : null;
}

function numberOf(value: Bound): number | null {
  if (value === null || typeof value === "number") return value;
  const known = value instanceof tf.Tensor ? knownValues(value) : null;
  if (known?.length === 1) return known[0] as number;
  throw new Error("where it cuts depends on numbers that are not known");
}

/** `x[parts]` by a strided slice, then a reshape for the axes that indices take away and `None` adds. */
function slice(x: tf.Tensor, parts: Part[]): tf.Tensor {
  const taken = parts.filter(({ kind }) => kind === "slice" || kind === "index").length;
  if (taken > x.rank) throw new Error(`it picks along ${taken} axes, which a tensor of ${x.rank} does not have`);
  const whole: Part = { kind: "slice", start: null, stop: null, step: 1 };
  const missing = Array.from({ length: x.rank - taken }, () => whole);
  const at = parts.findIndex(({ kind }) => kind === "rest");
  const full = at < 0 ? [...parts, ...missing] : [...parts.slice(0, at), ...missing, ...parts.slice(at + 1)];
  const along = full.filter(({ kind }) => kind !== "new");
  const ranges = along.map((part, axis) => rangeOf(part, x.shape[axis] as number));
  const cut = ranges.every(({ isWhole }) => isWhole)
    ? x
    : tf.stridedSlice(
        x,
        ranges.map(({ begin }) => begin),
        ranges.map(({ end }) => end),
        ranges.map(({ step }) => step),
        0,
        ranges.reduce((mask, { isOpenEnd }, axis) => (isOpenEnd ? mask | (1 << axis) : mask), 0),
      );
  return tf.reshape(cut, shapeAfter(full, cut.shape));
}

interface Range {
  begin: number;
  end: number;
  step: number;
  isWhole: boolean;
  isOpenEnd: boolean;
}

function rangeOf(part: Part, size: number): Range {
  if (part.kind === "index") {
    const at = part.at < 0 ? part.at + size : part.at;
    if (at < 0 || at >= size) throw new Error(`it picks number ${part.at} of ${size}`);
    return { begin: at, end: at + 1, step: 1, isWhole: false, isOpenEnd: false };
  }
  const { start, stop, step } = part as Part & { kind: "slice" };
  const place = (value: number): number => Math.min(Math.max(value < 0 ? value + size : value, 0), size);
  const isWhole = (start === null || start === 0) && stop === null && step === 1;
  const begin = start === null ? (step > 0 ? 0 : size - 1) : Math.min(place(start), step > 0 ? size : size - 1);
  return { begin, end: stop === null ? size : place(stop), step, isWhole, isOpenEnd: stop === null };
}

function shapeAfter(parts: Part[], cut: number[]): number[] {
  let axis = 0;
  return parts.flatMap((part) => {
    if (part.kind === "new") return [1];
    const size = cut[axis++] as number;
    return part.kind === "index" ? [] : [size];
  });
}

/** An axis that is open before it is cut is open afterwards, as both generations have it. */
export function declareSlice(shape: Shape, parts: (Part | null)[]): Shape {
  const taken = parts.filter((part) => part?.kind !== "new" && part?.kind !== "rest").length;
  const rest = parts.findIndex((part) => part?.kind === "rest");
  const missing: Part[] = Array.from({ length: shape.length - taken }, () => ({ kind: "slice", start: null, stop: null, step: 1 }));
  const full = rest < 0 ? [...parts, ...missing] : [...parts.slice(0, rest), ...missing, ...parts.slice(rest + 1)];
  let axis = 0;
  return full.flatMap((part) => {
    if (part?.kind === "new") return [1];
    const size = shape[axis++] ?? null;
    if (part?.kind === "index") return [];
    return part === null || size === null ? [null] : [slicedSize(rangeOf(part, size))];
  });
}

const slicedSize = ({ begin, end, step, isOpenEnd }: Range): number =>
  Math.max(step > 0 ? Math.ceil((end - begin) / step) : Math.ceil((begin - (isOpenEnd ? -1 : end)) / -step), 0);

/** Null for a slice whose ends are tensors. */
function declaredPart(value: DeclaredArgument): Part | null {
  if (value instanceof DeclaredTensor) return { kind: "index", at: 0 };
  return hasTensor(value) ? null : partOf(value as Bound);
}

function hasTensor(value: DeclaredArgument): boolean {
  if (typeof value !== "object" || value === null) return false;
  return value instanceof DeclaredTensor || Object.values(value).some(hasTensor);
}

const partsOf = <T>(key: T | T[] | undefined): T[] => (Array.isArray(key) ? key : [key ?? (null as T)]);

const getItem = operation(
  "x|tensor key|slice_spec",
  ({ x, key }) => slice(tensorOf(x), partsOf<Bound>(key).map(partOf)),
  ({ x, key }) => declareSlice(declaredShapeOf(x), partsOf<DeclaredArgument>(key).map(declaredPart)),
);

export const SLICING: { [name: string]: OperationRow } = { get_item: getItem, getitem: getItem };
