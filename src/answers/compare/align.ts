import { type LayerReport, layerTitles, mainOutputs, type Report, workOf } from "../../model";

/** A layer of each of two reports; null where the other has none that stands for it. */
export type Pair = { a: LayerReport; b: LayerReport | null } | { a: null; b: LayerReport };

/** Largest table that is searched for the best match between two names; beyond that layers are taken one after the other. */
const MOST_CELLS = 4_000_000;

/**
 * The layers of two reports side by side, each report's in its own order: first those of one name, as far as they come in the same order;
 * between them as many as possible that do the same work and have one shape. Of one model every layer stands beside itself.
 * @see Hirschberg 1977 (longest common subsequence), here weighted
 */
export function alignLayers(a: Report, b: Report): Pair[] {
  const anchors = rising(namesakes(a, b));
  const pairs: Pair[] = [];
  let [fromA, fromB] = [0, 0];
  for (const [atA, atB] of [...anchors, [a.layers.length, b.layers.length] as const]) {
    pairs.push(...matched(a.layers.slice(fromA, atA), b.layers.slice(fromB, atB)));
    const [left, right] = [a.layers[atA], b.layers[atB]];
    if (left && right) pairs.push({ a: left, b: right });
    [fromA, fromB] = [atA + 1, atB + 1];
  }
  return pairs;
}

type Places = readonly [a: number, b: number];

/** Layers whose name only one layer of each report has: their places, in the order of the first report. */
function namesakes(a: Report, b: Report): Places[] {
  const placesInB = uniqueNames(b);
  return [...uniqueNames(a)].flatMap(([name, place]): Places[] => {
    const other = placesInB.get(name);
    return other === undefined ? [] : [[place, other]];
  });
}

function uniqueNames(report: Report): Map<string, number> {
  const title = layerTitles(report);
  const places = new Map<string, number>();
  const twice = new Set<string>();
  report.layers.forEach(({ id }, place) => {
    const name = title(id);
    if (places.has(name)) twice.add(name);
    places.set(name, place);
  });
  for (const name of twice) places.delete(name);
  return places;
}

/** The longest part in which places rise in the second report too. @see Fredman 1975, longest increasing subsequence */
function rising(places: readonly Places[]): Places[] {
  const ends: number[] = [];
  const before: number[] = [];
  places.forEach(([, b], index) => {
    const at = firstNotBelow(ends, (end) => (places[end] as Places)[1] >= b);
    before[index] = ends[at - 1] ?? -1;
    ends[at] = index;
  });
  const chain: Places[] = [];
  for (let index = ends.at(-1) ?? -1; index >= 0; index = before[index] as number) chain.push(places[index] as Places);
  return chain.reverse();
}

function firstNotBelow(ends: readonly number[], isNotBelow: (end: number) => boolean): number {
  let [low, high] = [0, ends.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isNotBelow(ends[middle] as number)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** How much two layers are the same; 0 where nothing is. */
function likeness(a: LayerReport, b: LayerReport): number {
  const [shapes, others] = [mainOutputs(a), mainOutputs(b)];
  const isSameShape = shapes !== null && JSON.stringify(shapes) === JSON.stringify(others);
  return (workOf(a) === workOf(b) ? 2 : 0) + (isSameShape ? 3 : 0);
}

function matched(a: readonly LayerReport[], b: readonly LayerReport[]): Pair[] {
  if (a.length === 0 || b.length === 0)
    return [...a.map((row): Pair => ({ a: row, b: null })), ...b.map((row): Pair => ({ a: null, b: row }))];
  return a.length * b.length > MOST_CELLS ? oneByOne(a, b) : best(a, b);
}

function oneByOne(a: readonly LayerReport[], b: readonly LayerReport[]): Pair[] {
  return Array.from({ length: Math.max(a.length, b.length) }, (_, index): Pair => {
    const [left, right] = [a[index], b[index]];
    return left ? { a: left, b: right ?? null } : { a: null, b: right as LayerReport };
  });
}

/** The match of the greatest likeness in all. */
function best(a: readonly LayerReport[], b: readonly LayerReport[]): Pair[] {
  const width = b.length + 1;
  const sums = new Int32Array((a.length + 1) * width);
  const sum = (i: number, j: number): number => sums[i * width + j] as number;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const like = likeness(a[i] as LayerReport, b[j] as LayerReport);
      sums[i * width + j] = Math.max(like > 0 ? like + sum(i + 1, j + 1) : 0, sum(i + 1, j), sum(i, j + 1));
    }
  }
  const pairs: Pair[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [left, right] = [a[i], b[j]];
    const like = left && right ? likeness(left, right) : 0;
    if (left && right && like > 0 && sum(i, j) === like + sum(i + 1, j + 1)) {
      pairs.push({ a: left, b: right });
      i++;
      j++;
    } else if (left && (!right || sum(i, j) === sum(i + 1, j))) {
      pairs.push({ a: left, b: null });
      i++;
    } else {
      pairs.push({ a: null, b: right as LayerReport });
      j++;
    }
  }
  return pairs;
}
