import type { LayerReport } from "../../src/model";
import type { Item } from "./items";
import type { WiredLayer } from "./wiring";

/** Single operations in a row that are worth a card. */
const SHORTEST = 8;
/** How many operations a card of a longer row has about; between `SHORTEST` and twice as many. */
const USUAL = 16;
/** Rows shorter than this are shown whole where nothing beside them is grouped. */
const FEWEST = 40;

interface RunContext {
  /** What the ids of groups begin with. */
  place: string;
  rowOf: ReadonlyMap<string, LayerReport>;
  /** Whether these are the items of a whole graph. */
  isTop: boolean;
}

/**
 * Many single operations in a row become cards, cut where few tensors pass and where the size changes. `wired`: the items, each after those
 * that feed it, so that whatever stands together can be one.
 */
export function intoRuns(items: readonly Item[], wired: readonly WiredLayer[], context: RunContext): Item[] {
  const isGrouped = items.some((item) => !isSmall(item));
  if (items.length < FEWEST && !(context.isTop && isGrouped)) return [...items];
  const rowAt = (at: number) => context.rowOf.get(lastOf(items[at] as Item) ?? "");
  const joins = (at: number) => (rowAt(at)?.className ?? "InputLayer") !== "InputLayer";
  const passing = passingBefore(wired);
  const cost = (at: number, length: number) =>
    (passing[at] ?? 0) - (changesSize(rowAt(at)) ? SIZE_GAIN : 0) + Math.abs(length - USUAL) / USUAL;
  const result: Item[] = [];
  for (let start = 0; start < items.length; ) {
    let end = start;
    while (end < items.length && joins(end)) end++;
    if (end === start) result.push(items[end++] as Item);
    else if (end - start < SHORTEST) result.push(...items.slice(start, end));
    else for (const [from, to] of pieces(start, end, cost)) result.push(runGroup(items.slice(from, to), context.place));
    start = end;
  }
  return few(result, context);
}

/** Most items that one wants to see beside each other. */
const MOST = 120;

/** Puts items that are too many to look at into cards of cards, until they are few. */
function few(items: Item[], context: RunContext): Item[] {
  if (items.length <= MOST) return items;
  const isInput = (item: Item) => context.rowOf.get(item.id)?.className === "InputLayer";
  const inputs = items.filter(isInput);
  const others = items.filter((item) => !isInput(item));
  const cards = Array.from({ length: Math.ceil(others.length / USUAL) }, (_, at) => others.slice(at * USUAL, (at + 1) * USUAL));
  return few([...inputs, ...cards.map((card) => (card.length > 1 ? runGroup(card, context.place) : (card[0] as Item)))], context);
}

/** Most operations of a scope that stands in a row like a single one: `clip_by_value` of two. */
const TINY = 3;

const isSmall = (item: Item): boolean => item.kind === "layer" || (item.origin === "scope" && layersIn(item) <= TINY);
const layersIn = (item: Item): number => (item.kind === "layer" ? 1 : item.children.reduce((sum, child) => sum + layersIn(child), 0));

/** Id of the last operation of an item that may join a row. */
function lastOf(item: Item): string | null {
  if (item.kind === "layer") return item.id;
  return isSmall(item) ? lastOf(item.children.at(-1) as Item) : null;
}

/** As many tensors may pass more where a cut tells the reader that the size changes. */
const SIZE_GAIN = 1.5;

/** For each place how many of the items before it feed any from there on. */
function passingBefore(wired: readonly WiredLayer[]): number[] {
  const change = new Array<number>(wired.length + 1).fill(0);
  for (const [at, { consumers }] of wired.entries()) {
    if (consumers.length === 0) continue;
    change[at + 1] = (change[at + 1] ?? 0) + 1;
    const last = consumers.reduce((most, to) => Math.max(most, to), at);
    change[last + 1] = (change[last + 1] ?? 0) - 1;
  }
  let open = 0;
  return change.map((by) => {
    open += by;
    return open;
  });
}

/** Cuts a row where that costs least. */
function pieces(start: number, end: number, cost: (at: number, length: number) => number): [from: number, to: number][] {
  const result: [number, number][] = [];
  let from = start;
  while (end - from >= 2 * USUAL) {
    let best = from + USUAL;
    for (let at = from + SHORTEST; at <= Math.min(from + 2 * USUAL, end - SHORTEST); at++)
      if (cost(at, at - from) < cost(best, best - from)) best = at;
    result.push([from, best]);
    from = best;
  }
  return [...result, [from, end]];
}

/** Whether positions (all but batch and channels) come out in another number than they came in. */
function changesSize(row: LayerReport | undefined): boolean {
  const positions = (shape: readonly number[] | null | undefined) => shape?.slice(1, -1).join();
  const [before, after] = [positions(row?.inputs[0]?.shape), positions(row?.output?.[0])];
  return before !== undefined && after !== undefined && before !== after;
}

/** Between the first and the last of a card. */
const BETWEEN = " … ";

function runGroup(run: Item[], place: string): Item {
  const titles = run.flatMap((item) => (item.title ?? item.id).split(BETWEEN));
  const id = `group:${place === "" ? "" : `${place}/`}${run[0]?.id}…`;
  return { kind: "group", id, title: `${titles[0]}${BETWEEN}${titles.at(-1)}`, prefix: "", origin: "run", children: run };
}
