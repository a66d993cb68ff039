import { isOperationName, type LayerReport, operationTitle, scopeAround } from "../../src/model";
import type { Group, Item } from "./items";
import { circles, type Unit, wireUnits } from "./order";
import { groupPaths } from "./paths";
import { intoRuns } from "./runs";
import { type NameGroup, nameGroups } from "./tree";
import type { WiredLayer } from "./wiring";

/** Operations of one graph with what their scopes are known to be. */
export interface ScopedGraph {
  rows: readonly LayerReport[];
  rowOf: ReadonlyMap<string, LayerReport>;
  /** The same, wired; names are those within the graph. */
  layers: readonly WiredLayer[];
  /** What each is drawn as where it is in no scope: nested models are groups. */
  items: readonly Item[];
  /** Id of the nested model that it is; `""` for the model itself. */
  parent: string;
  /** Classes of Keras layers by the whole paths of their scopes. */
  classes: { readonly [path: string]: string };
}

/** A scope, or an operation by itself, with what it is drawn as. */
interface ScopeUnit extends Unit {
  /** Path of a scope within the graph, with a slash at its end; null for an operation. */
  path: string | null;
}

/** The items of a graph: scopes are groups, numbered scopes are blocks, and long rows of single operations are cards. */
export function scopeItems(graph: ScopedGraph, isSmall: boolean): Item[] {
  const prefix = scopeAround(graph.layers.map(({ name }) => name));
  const all = graph.layers.map((_, at) => at);
  return isSmall ? all.map((at) => itemOf(graph, singleUnit(graph, at, prefix))) : itemsOf(graph, all, prefix, true);
}

function itemsOf(graph: ScopedGraph, members: readonly number[], prefix: string, isTop = false): Item[] {
  const units = acyclic(graph, partition(graph, members, prefix));
  const { ordered, wired } = wireUnits(graph.layers, units);
  const titles = new Set(ordered.map(({ title }) => title));
  const named = wired.map((unit, at) => ({ ...unit, className: classForNames(ordered[at] as ScopeUnit, titles) }));
  const isOfNames = ({ key, members }: NameGroup) =>
    members.filter((at) => named[at]?.name.startsWith(key)).length >= NAMED_SHARE * members.length;
  const blocks = nameGroups(named, groupPaths(named)).filter(isOfNames);
  const built = ordered.map((unit) => itemOf(graph, unit));
  const place = isTop ? graph.parent : [graph.parent, prefix].filter(Boolean).join("/");
  return intoBlocks({ graph, ordered, built, place }, blocks, isTop);
}

/** Operations below a prefix by their next scope, and those that are in none. A scope of one operation is that operation. */
function partition(graph: ScopedGraph, members: readonly number[], prefix: string): ScopeUnit[] {
  const nameOf = (at: number) => graph.layers[at]?.name ?? "";
  const scopes = new Map<string, number[]>();
  for (const at of members) {
    const path = nextScope(nameOf(at), prefix);
    if (path !== null && !scopes.has(path)) scopes.set(path, []);
  }
  const pathOf = (at: number): string | null => {
    // An operation may be called as the scope that it made: `add` and `add/y`.
    const path = nextScope(nameOf(at), prefix) ?? `${nameOf(at)}/`;
    return scopes.has(path) ? path : null;
  };
  for (const at of members) scopes.get(pathOf(at) ?? "")?.push(at);
  return members.flatMap((at): ScopeUnit[] => {
    const path = pathOf(at);
    const inside = scopes.get(path ?? "") ?? [];
    if (path === null || inside.length < 2) return [singleUnit(graph, at, prefix)];
    return inside[0] === at
      ? [{ title: path.startsWith(prefix) ? path.slice(prefix.length, -1) : path.slice(0, -1), className: "", members: inside, path }]
      : [];
  });
}

function singleUnit({ rows, layers }: ScopedGraph, at: number, prefix: string): ScopeUnit {
  const { className, operation } = rows[at] as LayerReport;
  const name = layers[at]?.name ?? "";
  const inside = name.startsWith(prefix) ? name.slice(prefix.length) : name;
  return { title: operationTitle(inside, className, operation), className, members: [at], path: null };
}

/** `model/Conv1/` for `model/Conv1/Conv2D` below `model/`; null where the name has no further scope. */
function nextScope(name: string, prefix: string): string | null {
  const end = name.indexOf("/", name.startsWith(prefix) ? prefix.length : 0);
  return end < 0 ? null : name.slice(0, end + 1);
}

/** Takes scopes apart that would feed themselves through others, the smallest first. */
function acyclic(graph: ScopedGraph, units: ScopeUnit[]): ScopeUnit[] {
  for (;;) {
    const guilty = circles(graph.layers, units).flatMap((circle) => smallestScope(circle.map((at) => units[at] as ScopeUnit)) ?? []);
    if (guilty.length === 0) return units;
    const apart = new Set(guilty);
    units = units.flatMap((unit) =>
      apart.has(unit)
        ? partition(graph, unit.members, unit.path ?? "").map((part) => ({ ...part, title: `${unit.title}/${part.title}` }))
        : [unit],
    );
  }
}

function smallestScope(circle: readonly ScopeUnit[]): ScopeUnit | null {
  const scopes = circle.filter(({ path }) => path !== null);
  return scopes.reduce<ScopeUnit | null>((least, unit) => (least && least.members.length <= unit.members.length ? least : unit), null);
}

/** Share of a block's members that must have its name; others may only stand between them. */
const NAMED_SHARE = 0.5;

/** Words that Keras makes a layer's name of where nobody gives one; such a name tells nothing about blocks. */
const LAYER_WORDS =
  /^(conv[123]d|convolution|transpose|separable|depthwise|dense|batch|layer|group|instance|normalization|norm|re|lu|p|leaky|activation|add|concatenate|multiply|average|max|min|maximum|global|pooling[123]d|zero|padding[123]d|up|sampling[123]d|flatten|reshape|permute|dropout|lambda|input|softmax|sigmoid|tanh|tf|op|channel|bias|function|model|sequential|functional)$/;

/**
 * The class that makes `isDefaultName` see through a name: its own letters, where it was made from a class or is only counted on
 * (`transform`, `transform_1`).
 */
function classForNames({ title, className, path }: ScopeUnit, titles: ReadonlySet<string>): string {
  const base = title.replace(/(_\d+)+$/, "");
  const words = base.toLowerCase().split(/[^a-z0-9]+/).filter(Boolean); // biome-ignore format: one line
  const isMade = words.every((word) => LAYER_WORDS.test(word)) || (path === null && isOperationName(title, className));
  const isCounted = titles.has(base === title ? `${title}_1` : base);
  return (isMade || isCounted) && className !== "InputLayer" ? base : className;
}

function itemOf(graph: ScopedGraph, unit: ScopeUnit): Item {
  const [first = 0] = unit.members;
  if (unit.path === null) {
    const item = graph.items[first] as Item;
    return item.kind === "layer" ? { ...item, title: unit.title } : item;
  }
  const id = [graph.parent, unit.path.slice(0, -1)].filter(Boolean).join("/");
  const className = graph.classes[id];
  return {
    kind: "group",
    id: `scope:${id}`,
    title: unit.title,
    prefix: "",
    origin: "scope",
    ...(className === undefined ? {} : { className }),
    children: itemsOf(graph, unit.members, onlyScope(graph, unit.members, unit.path)),
  };
}

/** Goes down while one scope holds all: what it is called tells its operations apart no more. */
function onlyScope({ layers }: ScopedGraph, members: readonly number[], path: string): string {
  const scopes = new Set(members.map((at) => nextScope(layers[at]?.name ?? "", path)));
  const [only] = scopes;
  return scopes.size === 1 && only ? onlyScope({ layers } as ScopedGraph, members, only) : path;
}

interface Level {
  graph: ScopedGraph;
  ordered: readonly ScopeUnit[];
  /** The item of each unit. */
  built: readonly Item[];
  /** What the ids of its groups begin with. */
  place: string;
}

/** Puts units into the blocks that their names tell, and what is left over into runs. */
function intoBlocks(level: Level, blocks: readonly NameGroup[], isTop: boolean): Item[] {
  const blockOf = new Map(blocks.flatMap((block) => block.members.map((at) => [at, block] as const)));
  const seen = new Set<NameGroup>();
  const drawn = level.ordered.flatMap((unit, at): (Unit & { item: Item })[] => {
    const block = blockOf.get(at);
    if (!block) return [{ ...unit, item: level.built[at] as Item }];
    if (seen.has(block)) return [];
    seen.add(block);
    const members = block.members.flatMap((one) => level.ordered[one]?.members ?? []);
    return [{ title: block.title, className: "", members, item: blockItem(level, block) }];
  });
  const { ordered, wired } = wireUnits(level.graph.layers, drawn);
  return intoRuns(
    ordered.map(({ item }) => item),
    wired,
    { place: level.place, rowOf: level.graph.rowOf, isTop },
  );
}

function blockItem(level: Level, block: NameGroup): Group {
  const innerOf = new Map(block.inner.flatMap((inner) => inner.members.map((at) => [at, inner] as const)));
  const seen = new Set<NameGroup>();
  const children = block.members.flatMap((at): Item[] => {
    const inner = innerOf.get(at);
    if (!inner) return [level.built[at] as Item];
    if (seen.has(inner)) return [];
    seen.add(inner);
    return [blockItem(level, inner)];
  });
  const id = `group:${level.place === "" ? "" : `${level.place}/`}${block.key}`;
  return { kind: "group", id, title: block.title, prefix: block.title, origin: "names", children };
}
