import { t } from "@vscode/l10n";
import { type Answer, formatShape, type LayerReport, layerTitles, type Report } from "../../model";
import { listed } from "../words";

/** An operation that makes one vector of all positions, behind which no positions are left. */
export interface Pooling {
  /** Id of its layer. */
  layer: string;
  kind: "average" | "maximum";
  /** Batch first. */
  from: number[];
  to: number[];
  /** Whether the output is what it gives, reshaped at most; else something is computed from it. */
  isOutput: boolean;
}

/**
 * Where a model pools before it ends, by shapes and operations alone: every path from the inputs to an output runs through such a pooling.
 * Empty where an output has positions, or lost them otherwise (flattened, or by a convolution as large as they are).
 */
export function findPoolings(report: Report): Pooling[] {
  const graph = new Backwards(report);
  const found = report.outputs.flatMap(({ layer }) => graph.poolingsBefore(layer) ?? []);
  return [...new Map(found.map((pooling) => [pooling.layer, pooling])).values()];
}

/** What a person who wants to put a head on the model should know of it. Empty where nothing pools at its end. */
export function explainPooling(report: Report): Answer[] {
  const poolings = findPoolings(report);
  if (poolings.length === 0) return [];
  const title = layerTitles(report);
  const rows = new Map(report.layers.map((row) => [row.id, row]));
  const places = poolings.map(({ layer, kind, from, to }) => {
    const place = `${title(layer)} (${rows.get(layer)?.className}): ${formatShape(from)} → ${formatShape(to)}`;
    const over = positionsOf(from, to);
    return kind === "average"
      ? t("{0}, the average over {1} positions", place, over)
      : t("{0}, the maximum over {1} positions", place, over);
  });
  const isOutput = poolings.every((pooling) => pooling.isOutput);
  const consequence = isOutput
    ? t("What comes out is one vector for each sample, whatever its size: a pooling layer behind it has nothing left to pool.")
    : poolings.length === 1
      ? t("The output is computed from that vector, so it has no positions any more.")
      : t("The output is computed from these {0} vectors, so it has no positions any more.", poolings.length);
  return [{ title: t("Does it pool?"), text: [t("Already pooled inside, at {0}.", listed(places, 4, "; ")), consequence] }];
}

/** `7×4` of 1×7×4×1280 → 1×1280; channels last, or first where they come out so. */
function positionsOf(from: readonly number[], to: readonly number[]): string {
  const sizes = from.at(-1) === channelsOf(to) ? from.slice(1, -1) : from.slice(2);
  return formatShape(sizes);
}

const KINDS: { readonly [className: string]: Pooling["kind"] } = {
  Mean: "average",
  AvgPool: "average",
  AvgPool3D: "average",
  Max: "maximum",
  MaxPool: "maximum",
  MaxPoolV2: "maximum",
  MaxPool3D: "maximum",
};

function kindOf(className: string): Pooling["kind"] | null {
  if (/^(Global|Adaptive)?Average(Pooling|Pool)\dD$/.test(className)) return "average";
  if (/^(Global|Adaptive)?Max(Pooling|Pool)\dD$/.test(className)) return "maximum";
  return Object.hasOwn(KINDS, className) ? (KINDS[className] as Pooling["kind"]) : null;
}

/** Operations whose result depends on a tensor's shape only: what they read is no part of what is computed. */
const OF_SHAPES = new Set(["Shape", "ShapeN", "Size", "Rank"]);

/** Whether a tensor has no positions: beside the batch at most one axis is longer than 1. */
const isVector = (shape: readonly number[]): boolean => shape.slice(1).filter((size) => size !== 1).length <= 1;
const channelsOf = (shape: readonly number[]): number => Math.max(...shape.slice(1));

/** What is known of the way from a place to the output. */
interface Way {
  id: string;
  output: number;
  isOutput: boolean;
}

class Backwards {
  private readonly rows: Map<string, LayerReport>;

  constructor({ layers }: Report) {
    this.rows = new Map(layers.map((row) => [row.id, row]));
  }

  /** Null where there is a way to the output around all pooling. */
  poolingsBefore(id: string): Pooling[] | null {
    const found: Pooling[] = [];
    const seen = new Set<string>();
    const waiting: Way[] = [{ id, output: 0, isOutput: true }];
    for (let way = waiting.pop(); way; way = waiting.pop()) {
      const row = this.maker(way);
      if (!row || seen.has(row.id)) continue;
      seen.add(row.id);
      const shape = row.output?.[way.output] ?? row.output?.[0];
      if (row.status !== "ok" || !shape || !isVector(shape)) return null;
      const pooling = this.poolingAt(row, way.isOutput);
      if (pooling) found.push(pooling);
      else if (this.readsPositions(row)) return null;
      else if (!OF_SHAPES.has(row.className)) waiting.push(...this.read(row, way.isOutput));
    }
    return found;
  }

  /** The layer itself that makes a tensor: that inside, where a nested model gives it. */
  private maker({ id, output }: Pick<Way, "id" | "output">): LayerReport | undefined {
    const row = this.rows.get(id);
    const inner = row?.nested?.outputs[output] ?? row?.nested?.outputs[0];
    return inner !== undefined && inner !== id && this.rows.has(inner) ? this.maker({ id: inner, output: 0 }) : row;
  }

  private readsPositions({ className, inputs }: LayerReport): boolean {
    return !OF_SHAPES.has(className) && inputs.some(({ shape }) => shape === null || !isVector(shape));
  }

  /** Where its tensors come from; those of an input of a nested model from outside. */
  private read(row: LayerReport, isOutput: boolean): Way[] {
    const around = row.inputs.length === 0 && row.className === "InputLayer" ? this.around(row.id) : null;
    const { inputs } = around ? { inputs: around.inputs } : row;
    const staysOutput = isOutput && row.parameters === 0 && row.inputs.length <= 1;
    return inputs.map(({ layer, output }) => ({ id: layer, output, isOutput: staysOutput }));
  }

  private around(id: string): LayerReport | null {
    for (let cut = id.lastIndexOf("/"); cut > 0; cut = id.lastIndexOf("/", cut - 1)) {
      const row = this.rows.get(id.slice(0, cut));
      if (row?.nested) return row;
    }
    return null;
  }

  /** Of what it pools, or null where it is no pooling over all positions. */
  private poolingAt(row: LayerReport, isOutput: boolean): Pooling | null {
    const kind = kindOf(row.className);
    const [to] = row.output ?? [];
    const from = kind && to && this.pooledFrom(row, kind, channelsOf(to));
    return from && to.length > 1 ? { layer: row.id, kind, from, to, isOutput } : null;
  }

  /** The tensor before the first of some poolings in a row: some take the mean along one axis after the other. */
  private pooledFrom(row: LayerReport, kind: Pooling["kind"], channels: number): number[] | null {
    const [input, ...others] = row.inputs;
    const shape = input?.shape;
    if (!input || !shape || shape.length < 3 || others.some((other) => other.shape && other.shape.length > 2)) return null;
    const hasChannels = shape.at(-1) === channels || (shape.length > 3 && shape[1] === channels);
    // At one position, only what gives up an axis is sure to pool.
    const isSure = !isVector(shape) || (row.output?.[0]?.length ?? 0) < shape.length || /^Global/.test(row.className);
    if (!hasChannels || !isSure) return null;
    const before = this.maker({ id: input.layer, output: input.output });
    const further = before && kindOf(before.className) === kind ? this.pooledFrom(before, kind, channels) : null;
    return further ?? shape;
  }
}
