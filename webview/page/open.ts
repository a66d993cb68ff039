import type { Subject } from "../draw/scene";
import { layersOf } from "../graph/summary";
import type { Item } from "../groups";

/** Ids of the groups around a layer or a group, outermost first; null where no item has that id. */
export function groupsAround(items: readonly Item[], id: string): string[] | null {
  for (const item of items) {
    if (item.id === id) return [];
    if (item.kind === "layer") continue;
    const inside = groupsAround(item.children, id);
    if (inside !== null) return [item.id, ...inside];
  }
  return null;
}

/** Ids of all groups. */
export function allGroups(items: readonly Item[]): string[] {
  return items.flatMap((item) => (item.kind === "layer" ? [] : [item.id, ...allGroups(item.children)]));
}

/** Networks up to this size are shown with their nested models open: there is nothing to hide. */
const SMALL = 24;

/** What is open when a model is shown for the first time: the groups that hold a mark. */
export function openAtFirst({ items, graph, marks }: Subject): Set<string> {
  const nested = graph.rows.size > SMALL ? [] : items.filter((item) => item.kind === "group" && item.origin === "nested");
  const wanted = [...marks.keys(), ...nested.flatMap((item) => layersOf(item).slice(0, 1))];
  return new Set(wanted.flatMap((id) => groupsAround(items, id) ?? []));
}
