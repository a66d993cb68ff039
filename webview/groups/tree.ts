import { commonPrefix, isDefaultName, type NamePrefix } from "./names";
import { cyclicItems, type WiredLayer } from "./wiring";

/** A group made from names: which layers (places in running order) it holds, directly or in inner groups. */
export interface NameGroup {
  key: string;
  title: string;
  isNumbered: boolean;
  members: number[];
  inner: NameGroup[];
}

/** Fewest layers of a group at the first and at the second level; smaller ones hide more than they tell. */
const FEWEST = [3, 4] as const;

/** Nests the prefixes of all layers into groups, two levels at most, and leaves out the ones that do not help. */
export function nameGroups(layers: readonly WiredLayer[], paths: readonly NamePrefix[][]): NameGroup[] {
  const named = layers.filter((layer) => !isDefaultName(layer.name, layer.className));
  const shared = commonPrefix(named.map((layer) => layer.name));
  const roots: NameGroup[] = [];
  const byKey = new Map<string, NameGroup>();
  for (const [at, path] of paths.entries()) {
    let siblings = roots;
    for (const { key, isNumbered } of path) {
      let group = byKey.get(key);
      if (group === undefined) {
        group = { key, title: key.slice(shared.length).replace(/_concat(?=_)/, ""), isNumbered, members: [], inner: [] };
        byKey.set(key, group);
        siblings.push(group);
      }
      group.members.push(at);
      siblings = group.inner;
    }
  }
  return withoutCycles(layers, settle(roots, 0));
}

function settle(groups: NameGroup[], level: 0 | 1): NameGroup[] {
  const merged = groups.map(mergeOnlyChild);
  if (level === 1) return settleInner(merged);
  return merged.flatMap((group) => {
    if (group.members.length < FEWEST[0]) return [];
    return [{ ...group, inner: settle(group.inner, 1) }];
  });
}

/** Only repeated blocks are worth a second level, and only where they are large enough on the whole. */
function settleInner(groups: NameGroup[]): NameGroup[] {
  const numbered = groups.flatMap((group) => (group.isNumbered ? [group] : group.inner.filter((inner) => inner.isNumbered)));
  const sizes = numbered.map((group) => group.members.length).sort((a, b) => a - b);
  const median = sizes[Math.floor(sizes.length / 2)] ?? 0;
  if (numbered.length < 2 || median < FEWEST[1]) return [];
  return numbered.filter((group) => group.members.length > 1).map((group) => ({ ...group, inner: [] }));
}

/** A group that holds nothing but one inner group is that group; a number in the outer name makes it the better title. */
function mergeOnlyChild(group: NameGroup): NameGroup {
  const [only] = group.inner;
  if (only === undefined || only.members.length !== group.members.length) return group;
  const child = mergeOnlyChild(only);
  return group.isNumbered ? { ...group, inner: child.inner } : child;
}

/** Dissolves groups that would feed themselves through a layer outside. */
function withoutCycles(layers: readonly WiredLayer[], groups: NameGroup[]): NameGroup[] {
  let kept = groups;
  for (;;) {
    const groupOf = new Map(kept.flatMap((group) => group.members.map((at) => [at, group] as const)));
    const cyclic = cyclicItems<NameGroup | number>(layers, (at) => groupOf.get(at) ?? at);
    const guilty = kept.filter((group) => cyclic.has(group));
    if (guilty.length === 0) return kept.map((group) => ({ ...group, inner: innerWithoutCycles(layers, group) }));
    const smallest = guilty.reduce((least, group) => (group.members.length < least.members.length ? group : least));
    kept = kept.filter((group) => group !== smallest);
  }
}

function innerWithoutCycles(layers: readonly WiredLayer[], group: NameGroup): NameGroup[] {
  const members = new Set(group.members);
  const groupOf = new Map(group.inner.flatMap((inner) => inner.members.map((at) => [at, inner] as const)));
  const cyclic = cyclicItems<NameGroup | number>(layers, (at) => (members.has(at) ? (groupOf.get(at) ?? at) : undefined));
  return group.inner.filter((inner) => !cyclic.has(inner));
}
