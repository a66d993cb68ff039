import { isObject, type Json, type Operation, type OperationReport, type Report } from "../model";
import type { PreparedNetwork } from "./prepared";

/** Most numbers of a constant that a report shows. */
const MOST_VALUES = 16;

/** The same at each probe. */
const known = new WeakMap<Operation, OperationReport>();

/** What a report tells of an operation: attributes as plain JSON, small constants, what is fused and folded. */
export function operationReport(operation: Operation): OperationReport {
  const report = known.get(operation) ?? made(operation);
  known.set(operation, report);
  return report;
}

function made({ attributes, inputs, folded }: Operation): OperationReport {
  const entries = Object.entries(attributes).flatMap(([name, value]) => {
    const plain = isTold(name, value) ? plainAttribute(value) : undefined;
    return plain === undefined ? [] : [[name, plain] as const];
  });
  const { fused_ops: fused, ...told } = Object.fromEntries(entries);
  const constants = inputs.flatMap((input) => ("constant" in input && !input.constant.isWeight ? [input.constant] : []));
  return {
    ...(Object.keys(told).length > 0 ? { attributes: told } : {}),
    ...(Array.isArray(fused) && fused.length > 0 ? { fused: fused.map(String) } : {}),
    ...(constants.length > 0
      ? {
          constants: constants.map(({ name, shape, values }) => ({
            name,
            shape,
            ...(values ? { values: values.slice(0, MOST_VALUES).map(readable) } : {}),
          })),
        }
      : {}),
    ...(folded.length > 0 ? { folded } : {}),
  };
}

/** Numbers of single precision without the digits that their conversion adds; those that JSON does not have as texts: `-Infinity`. */
function readable(value: number | string): number | string {
  if (typeof value !== "number") return value;
  return Number.isFinite(value) ? Number(value.toPrecision(7)) : String(value);
}

/** Types of tensors (`T`, `Tidx`) and TensorFlow's notes to itself (`_output_shapes`) say nothing of what happens. */
function isTold(name: string, value: Json): boolean {
  return !name.startsWith("_") && !(isObject(value) && "type" in value && /^(T|.*_type$|out_T)/.test(name));
}

/** An AttrValue as a plain value; undefined for what is none: a tensor, a function. */
function plainAttribute(value: Json | undefined): Json | undefined {
  if (!isObject(value)) return undefined;
  const [kind, held] = Object.entries(value)[0] ?? [];
  const plain = kind === undefined || !Object.hasOwn(PLAIN, kind) ? undefined : PLAIN[kind];
  return plain?.(held as Json);
}

/** A row a kind of AttrValue. */
const PLAIN: { readonly [kind: string]: (held: Json) => Json | undefined } = {
  s: text,
  i: Number,
  f: (held) => readable(Number(held)),
  b: (held) => held === true || held === "true",
  type: (held) => String(held).replace(/^DT_/, "").toLowerCase(),
  shape: plainShape,
  list: (held) => {
    const [kind, items] = Object.entries(isObject(held) ? held : {}).find(([, found]) => Array.isArray(found) && found.length > 0) ?? [];
    const plain = kind === undefined || !Object.hasOwn(PLAIN, kind) ? undefined : PLAIN[kind];
    return plain && (items as Json[]).map((item) => plain(item) ?? null);
  },
  func: (held) => (isObject(held) && typeof held["name"] === "string" ? held["name"] : undefined),
};

/** Bytes, as base64 or as their codes. */
function text(held: Json): string {
  return Array.isArray(held) ? String.fromCharCode(...held.map(Number)) : Buffer.from(String(held), "base64").toString("utf8");
}

function plainShape(held: Json): Json | undefined {
  if (!isObject(held) || held["unknownRank"] === true) return undefined;
  const axes = Array.isArray(held["dim"]) ? held["dim"] : [];
  return axes.map((axis) => {
    const size = Number(isObject(axis) ? (axis["size"] ?? 0) : Number.NaN);
    return size >= 0 ? size : null;
  });
}

/** Classes of scopes by their whole paths, those of nested graphs too; nothing where no file tells any. */
export function scopesOf(network: PreparedNetwork): Pick<Report, "scopes"> {
  const scopes: { [path: string]: string } = {};
  const visit = (inside: PreparedNetwork, prefix: string): void => {
    for (const [path, { className }] of Object.entries(inside.network.scopes ?? {})) scopes[prefix + path] = className;
    for (const { layer, nested } of inside.layers) if (nested) visit(nested, `${layer.id}/`);
  };
  visit(network, "");
  return Object.keys(scopes).length > 0 ? { scopes } : {};
}
