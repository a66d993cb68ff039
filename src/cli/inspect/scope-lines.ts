import { countScopes, type LayerReport } from "../../model";

/** A line of a table that may stand for many operations; `members`: their places in the report. */
export interface Line {
  title: string;
  /** Path of a scope, with a slash at its end; null for operations that are in none. */
  scope: string | null;
  /** How many models it lies inside. */
  depth: number;
  /** Whether it is one operation that has no scope of its own, as a Keras layer has. */
  isLoose: boolean;
  members: number[];
}

/** Scopes of more operations than this are shown by the scopes in them, if no more than `MOST_OWN` are in none of those. */
const MOST = 40;
const MOST_OWN = 8;
/** How many loose operations in a row make a line: from `least` on, cut where the size changes from `usual` on, at `most` anyhow. */
const RUN = { least: 6, usual: 10, most: 24 };

/** How many operations a scope has, and how many of them right in it. */
export interface ScopeCounts {
  all: ReadonlyMap<string, number>;
  own: ReadonlyMap<string, number>;
}

export function scopeCounts(names: readonly string[]): ScopeCounts {
  const own = new Map<string, number>();
  for (const name of names) {
    const scope = name.slice(0, name.lastIndexOf("/") + 1);
    own.set(scope, (own.get(scope) ?? 0) + 1);
  }
  return { all: countScopes(names), own };
}

/** The scope whose line an operation belongs to: the outermost below `around` that is not too large; null where it is alone in it. */
export function scopeOf(id: string, around: string, { all, own }: ScopeCounts): string | null {
  for (let end = id.indexOf("/", id.startsWith(around) ? around.length : 0); end >= 0; end = id.indexOf("/", end + 1)) {
    const scope = id.slice(0, end + 1);
    const count = all.get(scope) ?? 0;
    const isShownWhole = count <= MOST || (own.get(scope) ?? 0) > MOST_OWN;
    if (isShownWhole) return count > 1 ? scope : null;
  }
  return null;
}

/** Joins many loose operations in a row into one line. */
export function intoRuns(lines: readonly Line[], layers: readonly LayerReport[]): Line[] {
  const result: Line[] = [];
  let run: Line[] = [];
  const flush = () => {
    const [first, last] = [run[0], run.at(-1)];
    if (first && last && run.length >= RUN.least)
      result.push({ ...first, title: `${first.title} … ${last.title}`, isLoose: false, members: run.flatMap(({ members }) => members) });
    else result.push(...run);
    run = [];
  };
  for (const line of lines) {
    const row = layers[line.members[0] as number] as LayerReport;
    const isEnough = run.length >= RUN.most || (run.length >= RUN.usual && changesSize(row));
    if (!line.isLoose || isEnough || line.depth !== run[0]?.depth) flush();
    if (line.isLoose) run.push(line);
    else result.push(line);
  }
  flush();
  return result;
}

/** Whether positions (all but batch and channels) come out in another number than they came in. */
function changesSize({ inputs, output }: LayerReport): boolean {
  const positions = (shape: readonly number[] | null | undefined) => shape?.slice(1, -1).join();
  const [before, after] = [positions(inputs[0]?.shape), positions(output?.[0])];
  return before !== undefined && after !== undefined && before !== after;
}
