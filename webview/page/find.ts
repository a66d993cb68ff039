import type { Subject } from "../draw/scene";

/** Ids of layers whose name or class holds every word of the query, in running order. */
export function findLayers(subject: Subject, query: string): string[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const rows = [...subject.graph.rows.values()];
  return rows.filter(({ id, className }) => words.every((word) => `${id} ${className}`.toLowerCase().includes(word))).map((row) => row.id);
}
