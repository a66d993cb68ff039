import type { OperationReport, Report } from "./report";

/** Share of a graph's operations that a scope must hold to be one around everything, which tells them apart no more than the model's name. */
const WRAPPER_SHARE = 0.85;

/** How many operations may stand outside of it in any case: inputs and outputs. */
const MOST_OUTSIDE = 2;

/**
 * The scopes around (nearly) all of these names, as the text that those begin with: `StatefulPartitionedCall/model_1/`. Empty where there
 * are none; a scope of which nothing would be left over but single operations is kept.
 */
export function scopeAround(names: readonly string[]): string {
  let prefix = "";
  for (;;) {
    const inside = names.filter((name) => name.startsWith(prefix));
    const next = fullest(inside, prefix.length);
    const least = Math.min(WRAPPER_SHARE * names.length, Math.max(2, names.length - MOST_OUTSIDE));
    if (next === null || next.count < least || !holdsScopes(inside, next.prefix)) return prefix;
    prefix = next.prefix;
  }
}

/** The scope right below `names[…].slice(0, from)` that holds most of them; null where none is inside a scope. */
function fullest(names: readonly string[], from: number): { prefix: string; count: number } | null {
  const counts = new Map<string, number>();
  for (const name of names) {
    const end = name.indexOf("/", from);
    if (end >= 0) counts.set(name.slice(0, end + 1), (counts.get(name.slice(0, end + 1)) ?? 0) + 1);
  }
  return [...counts].reduce<{ prefix: string; count: number } | null>(
    (best, [prefix, count]) => (best && best.count >= count ? best : { prefix, count }),
    null,
  );
}

const holdsScopes = (names: readonly string[], prefix: string) =>
  names.some((name) => name.startsWith(prefix) && name.includes("/", prefix.length));

/** What an operation does, in TensorFlow's words: `Conv2D + BiasAdd + Relu6` for one that several were fused into. */
export function operationWords(className: string, operation: OperationReport | undefined): string {
  const base = operation?.fused ? className.replace(/^_?Fused/, "") : className;
  return [base, ...(operation?.fused ?? [])].join(" + ");
}

const lettersOnly = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, "");

/** Operations that Python names otherwise than TensorFlow does. */
const PYTHON_NAMES: { readonly [op: string]: readonly string[] } = {
  Pack: ["stack"],
  Unpack: ["unstack"],
  RealDiv: ["truediv"],
  FloorDiv: ["floordiv"],
  Conv2D: ["convolution", "separableconv2d"],
  Prelu: ["relu"],
};

/** Whether TensorFlow made an operation's name from what it does (`add_12`, `strided_slice_3`, `Relu6`), so that it tells nothing more. */
export function isOperationName(name: string, className: string): boolean {
  const base = lettersOnly(name.replace(/(_\d+)+$/, ""));
  const op = lettersOnly(className.replace(/^_?Fused/, ""));
  return base.length > 2 && (op.startsWith(base) || base.startsWith(op) || (PYTHON_NAMES[className] ?? []).includes(base));
}

/** Operations that converters fold into others, which then go by their names. */
const PARTS = /^(FusedBatchNorm(V\d)?|BiasAdd)(_\d+)?$/;

/**
 * The name of an operation without what its class says anyhow: `Conv1` for the Conv2D `Conv1/Conv2D`. `name`: within the scope that one
 * sees it in.
 */
export function operationTitle(name: string, className: string, operation: OperationReport | undefined): string {
  const cut = name.lastIndexOf("/");
  const last = name.slice(cut + 1);
  const isSaid = PARTS.test(last) || [className, ...(operation?.fused ?? [])].some((op) => isOperationName(last, op));
  return cut > 0 && isSaid ? name.slice(0, cut) : name;
}

/** How many of these names there are in each scope, by its path with a slash at its end. */
export function countScopes(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) {
    for (let end = name.indexOf("/"); end >= 0; end = name.indexOf("/", end + 1)) {
      const scope = name.slice(0, end + 1);
      counts.set(scope, (counts.get(scope) ?? 0) + 1);
    }
  }
  return counts;
}

/**
 * What people call the layers of a report: by id; operations of a graph without the scopes around all, and without their class where they
 * are alone in their scope.
 */
export function layerTitles({ layers }: Pick<Report, "layers">): (id: string) => string {
  if (!layers.some(({ operation }) => operation)) return (id) => id;
  const names = layers.map(({ id }) => id);
  const around = scopeAround(names);
  const counts = countScopes(names);
  const rows = new Map(layers.map((row) => [row.id, row]));
  return (id) => {
    const row = rows.get(id);
    const name = id.startsWith(around) ? id.slice(around.length) : id;
    const isAlone = counts.get(id.slice(0, id.lastIndexOf("/") + 1)) === 1;
    return row?.operation && isAlone ? operationTitle(name, row.className, row.operation) : name;
  };
}
