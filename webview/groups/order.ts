import type { WiredLayer } from "./wiring";

/** What layers are drawn as: a scope, or a layer by itself. Members are places in running order. */
export interface Unit {
  title: string;
  className: string;
  members: number[];
}

/** Units wired by the connections of their members, each after those that feed it; where the order is free, as they run. */
export function wireUnits<T extends Unit>(layers: readonly WiredLayer[], units: readonly T[]): { ordered: T[]; wired: WiredLayer[] } {
  const feeders = feedersOf(layers, units);
  const order = feedersFirst(feeders);
  const placeOf = new Map(order.map((unit, place) => [unit, place]));
  const ordered = order.map((unit) => units[unit] as T);
  const wired: WiredLayer[] = ordered.map(({ title, className, members }) => ({
    id: layers[members[0] as number]?.id ?? title,
    name: title,
    className,
    producers: [],
    consumers: [],
  }));
  for (const [place, unit] of order.entries()) {
    for (const from of feeders[unit] ?? []) {
      const producer = placeOf.get(from) as number;
      if (producer >= place) continue;
      wired[place]?.producers.push(producer);
      wired[producer]?.consumers.push(place);
    }
  }
  return { ordered, wired };
}

/** For each unit the units that feed it, by number. */
function feedersOf(layers: readonly WiredLayer[], units: readonly Unit[]): number[][] {
  const unitOf = new Map(units.flatMap(({ members }, unit) => members.map((at) => [at, unit] as const)));
  return units.map(({ members }, unit) => {
    const found = new Set(members.flatMap((at) => layers[at]?.producers.flatMap((from) => unitOf.get(from) ?? []) ?? []));
    found.delete(unit);
    return [...found];
  });
}

/** Numbers of units, feeders first. Iterative, as chains are long; a cycle is cut where it is met. */
function feedersFirst(feeders: readonly number[][]): number[] {
  const order: number[] = [];
  const state = new Uint8Array(feeders.length); // 1: waits for its feeders, 2: placed
  for (let start = 0; start < feeders.length; start++) {
    const stack = [start];
    for (let unit = stack.at(-1); unit !== undefined; unit = stack.at(-1)) {
      const waiting = state[unit] === 0 ? (feeders[unit] ?? []).filter((from) => state[from] === 0 && from !== unit) : [];
      if (state[unit] === 0) state[unit] = 1;
      if (waiting.length > 0) {
        stack.push(...waiting.reverse());
        continue;
      }
      if (state[unit] === 1) order.push(unit);
      state[unit] = 2;
      stack.pop();
    }
  }
  return order;
}

/** Sets of units that feed each other in a circle, of two or more each. By Tarjan's algorithm, with a stack of its own. */
export function circles(layers: readonly WiredLayer[], units: readonly Unit[]): number[][] {
  const feeders = feedersOf(layers, units);
  const index = new Int32Array(units.length).fill(-1);
  const low = new Int32Array(units.length);
  const isOpen = new Uint8Array(units.length);
  const path: number[] = [];
  const found: number[][] = [];
  let count = 0;
  const enter = (unit: number) => {
    index[unit] = low[unit] = count++;
    isOpen[unit] = 1;
    path.push(unit);
    return { unit, next: 0 };
  };
  for (let start = 0; start < units.length; start++) {
    if (index[start] !== -1) continue;
    const calls = [enter(start)];
    for (let call = calls.at(-1); call; call = calls.at(-1)) {
      const { unit } = call;
      const from = feeders[unit]?.[call.next++];
      if (from === undefined) {
        calls.pop();
        const caller = calls.at(-1)?.unit;
        if (caller !== undefined) low[caller] = Math.min(low[caller] as number, low[unit] as number);
        if (low[unit] !== index[unit]) continue;
        const circle = path.splice(path.indexOf(unit));
        for (const one of circle) isOpen[one] = 0;
        if (circle.length > 1) found.push(circle);
      } else if (index[from] === -1) calls.push(enter(from));
      else if (isOpen[from]) low[unit] = Math.min(low[unit] as number, index[from] as number);
    }
  }
  return found;
}
