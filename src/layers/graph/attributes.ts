import type { Node } from "@tensorflow/tfjs-converter/dist/operations/types";

/** Attributes as the file has them; TensorFlow leaves out those that are as its registry says. */
const written = (node: Node, name: string): { [kind: string]: unknown } | undefined =>
  node.rawAttrs?.[name] as { [kind: string]: unknown } | undefined;

export function booleanAttribute(node: Node, name: string, otherwise: boolean): boolean {
  const value = written(node, name)?.["b"];
  return typeof value === "boolean" ? value : otherwise;
}

export function numberAttribute(node: Node, name: string, otherwise: number): number {
  const attribute = written(node, name);
  const value = attribute?.["i"] ?? attribute?.["f"];
  return value === undefined ? otherwise : Number(value);
}

/** Whole or broken numbers of a list. */
export function numbersAttribute(node: Node, name: string): number[] {
  const list = written(node, name)?.["list"] as { [kind: string]: unknown } | undefined;
  const values = list?.["i"] ?? list?.["f"];
  return Array.isArray(values) ? values.map(Number) : [];
}

/** A text is written as its bytes, plain or in base 64. */
export function textAttribute(node: Node, name: string, otherwise: string): string {
  const value = written(node, name)?.["s"];
  if (Array.isArray(value)) return String.fromCharCode(...(value as number[]));
  return typeof value === "string" ? Buffer.from(value, "base64").toString() : otherwise;
}

/** Sizes of a shape, null where they are open; null where the rank is open too. */
export function shapeAttribute(node: Node, name: string): (number | null)[] | null {
  const shape = written(node, name)?.["shape"] as { unknownRank?: boolean; dim?: { size?: string | number }[] } | undefined;
  if (!shape || shape.unknownRank) return null;
  return (shape.dim ?? []).map(({ size = 0 }) => (Number(size) >= 0 ? Number(size) : null));
}
