import type { LayerReport, Report } from "../../src/model";
import type { Group, Item } from "./items";
import { groupPaths } from "./paths";
import { scopeItems } from "./scopes";
import { type NameGroup, nameGroups } from "./tree";
import type { WiredLayer } from "./wiring";

export type { Group, Item } from "./items";

/** Networks smaller than this are shown whole. */
const FEWEST_LAYERS = 12;
/** Unnamed layers in a row that are worth one card. */
const LONGEST_RUN = 8;

/** Groups of a whole report, in running order: the items at the top, groups holding theirs. Every layer appears once. */
export function groups(report: Report): Item[] {
  const nestedIds = new Set(report.layers.filter((row) => row.nested).map((row) => row.id));
  const rowOf = new Map(report.layers.map((row) => [row.id, row]));
  const rowsOf = new Map<string, LayerReport[]>();
  for (const row of report.layers) {
    const parent = parentOf(row.id, nestedIds);
    const siblings = rowsOf.get(parent);
    if (siblings) siblings.push(row);
    else rowsOf.set(parent, [row]);
  }
  const network = (parent: string): Item[] => {
    const rows = rowsOf.get(parent) ?? [];
    const layers = wire(rows, parent);
    const items: Item[] = rows.map((row) =>
      row.nested
        ? { kind: "group", id: row.id, title: layerName(row.id, parent), prefix: "", origin: "nested", children: network(row.id) }
        : { kind: "layer", id: row.id },
    );
    const isSmall = rows.length < FEWEST_LAYERS;
    if (rows.some((row) => row.operation)) return scopeItems({ rows, rowOf, layers, items, parent, classes: report.scopes ?? {} }, isSmall);
    if (isSmall) return items;
    const found = nameGroups(layers, groupPaths(layers));
    return withRuns(layers, nest(items, found, parent), parent);
  };
  return network("");
}

/** Id of the innermost nested model that holds a layer; `""` for the model itself. */
export function parentOf(id: string, nestedIds: ReadonlySet<string>): string {
  for (let cut = id.lastIndexOf("/"); cut > 0; cut = id.lastIndexOf("/", cut - 1)) {
    if (nestedIds.has(id.slice(0, cut))) return id.slice(0, cut);
  }
  return "";
}

/** A layer's name within its network. */
export function layerName(id: string, parent: string): string {
  return parent === "" ? id : id.slice(parent.length + 1);
}

function wire(rows: readonly LayerReport[], parent: string): WiredLayer[] {
  const place = new Map(rows.map((row, at) => [row.id, at]));
  const layers: WiredLayer[] = rows.map((row) => ({
    id: row.id,
    name: layerName(row.id, parent),
    className: row.className,
    producers: [],
    consumers: [],
  }));
  for (const [at, row] of rows.entries()) {
    const calls = [row.inputs, ...(row.furtherCalls ?? []).map((call) => call.inputs)].flat();
    for (const from of new Set(calls.map((input) => place.get(input.layer)))) {
      if (from === undefined || from >= at) continue;
      layers[at]?.producers.push(from);
      layers[from]?.consumers.push(at);
    }
  }
  return layers;
}

/** Puts items into their groups; a group stands where its first layer stood. */
function nest(items: readonly Item[], found: readonly NameGroup[], parent: string): Item[] {
  const owner = new Map<number, NameGroup>();
  for (const group of found) for (const at of group.members) owner.set(at, group);
  const made = new Set<NameGroup>();
  return items.flatMap((item, at): Item[] => {
    const group = owner.get(at);
    if (group === undefined) return [item];
    if (made.has(group)) return [];
    made.add(group);
    return [toGroup(items, group, parent)];
  });
}

function toGroup(items: readonly Item[], group: NameGroup, parent: string): Group {
  const inside = new Set(group.members);
  const only = items.map((item, at) => (inside.has(at) ? item : null));
  const owner = new Map(group.inner.flatMap((inner) => inner.members.map((at) => [at, inner] as const)));
  const made = new Set<NameGroup>();
  const children = only.flatMap((item, at): Item[] => {
    if (item === null) return [];
    const inner = owner.get(at);
    if (inner === undefined) return [item];
    if (made.has(inner)) return [];
    made.add(inner);
    return [toGroup(items, inner, parent)];
  });
  return { kind: "group", id: groupId(parent, group.key), title: group.title, prefix: group.key, origin: "names", children };
}

const groupId = (parent: string, key: string) => `group:${parent === "" ? "" : `${parent}/`}${key}`;

/** Many single layers in a row, where the rest is grouped, become one card: the stem of InceptionV3. */
function withRuns(layers: readonly WiredLayer[], items: Item[], parent: string): Item[] {
  if (!items.some((item) => item.kind === "group")) return items;
  const classOf = new Map(layers.map((layer) => [layer.id, layer.className]));
  const joins = (item: Item) => item.kind === "layer" && !["InputLayer", "Normalization", "Rescaling"].includes(classOf.get(item.id) ?? "");
  const result: Item[] = [];
  let run: Item[] = [];
  let isFirst = true;
  const flush = () => {
    if (run.length >= LONGEST_RUN) result.push(runGroup(run, parent, isFirst));
    else result.push(...run);
    run = [];
  };
  for (const item of items) {
    if (joins(item)) run.push(item);
    else {
      flush();
      result.push(item);
      if (item.kind === "group") isFirst = false;
    }
  }
  flush();
  return result;
}

function runGroup(run: Item[], parent: string, isFirst: boolean): Group {
  const names = [run[0], run.at(-1)].map((item) => layerName(item?.id ?? "", parent));
  const title = isFirst ? "stem" : names.join(" … ");
  return { kind: "group", id: groupId(parent, `${names[0]}…`), title, prefix: "", origin: "run", children: run };
}
