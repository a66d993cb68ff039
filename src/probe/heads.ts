import { type AppendedLayer, type AskedProbe, type HeadName, type HeadOption, type HeadRun, type Report, UserError } from "../model";
import { appendLayers, asLayer, cutAt, declaredAs, inputOnly } from "./append";
import { channelsComeFirst, ownClasses } from "./model-end";
import { prepareModel } from "./prepare";
import type { PreparedModel } from "./prepared";
import { type RunOptions, runProbe } from "./run-probe";

type Way = Pick<HeadOption, "name" | "layers">;

/** How many classes `layerscope head` may be asked for: a kernel beyond that is a mistake. */
const MOST_CLASSES = 10_000_000;

/**
 * Ends the model in each of the ways that there are, and runs them on shapes behind what the probe gives. Where it ends in classes
 * already, they stand in the place of its own classifier.
 * @throws UserError for what is no probe, and where there is not one known output to end
 */
export async function runHeads(prepared: PreparedModel, asked: AskedProbe, classes: number, options: RunOptions = {}): Promise<HeadRun> {
  if (!Number.isInteger(classes) || classes < 1 || classes > MOST_CLASSES)
    throw new UserError(`${classes} is no number of classes; give a whole number from 1 to ${MOST_CLASSES}.`);
  const probe: AskedProbe = { ...asked, engine: "shapes", fill: "zeros" };
  requireOneOutput(prepared);
  const report = await runProbe(prepared, probe, options);
  if (report.failure) return { report, classes, options: [], ownClasses: null };
  const output = knownOutput(report);
  const own = ownClasses(prepared, report);
  const features = own?.classes.features ?? output;
  const ref = own?.reads ?? (prepared.network.outputs[0] as { ref: PreparedModel["network"]["network"]["outputs"][number] }).ref;
  const ended = cutAt(prepared.model, [ref]);
  const whole = prepared.model.network.kind === "graph" ? asLayer(ended) : ended;
  const base = declaredAs(whole, report.probe.inputs);
  const ways = waysToEnd(features.length, channelsComeFirst(prepared), classes);
  const found = await endedIn(ways, base, probe, options);
  const none: HeadOption = { name: "none", layers: [], reads: output, features: output, output, parameters: 0, fixesSize: false };
  return { report, classes, options: [...found, none], ownClasses: own?.classes ?? null };
}

function requireOneOutput({ model, network }: PreparedModel): void {
  const names = network.outputs.map(({ ref }) => ref.layer);
  if (names.length === 1) return;
  throw new UserError(
    `${model.name} has ${names.length} outputs (${names.slice(0, 4).join(", ")}${names.length > 4 ? ", …" : ""}); a head ends a model with one, so save a model of the one that you want.`,
  );
}

/** @throws UserError where it lies behind what nobody knows */
function knownOutput({ outputs, layers, model }: Report): number[] {
  const [output] = outputs;
  if (output) return output.shape;
  const unknown = layers.find(({ status }) => status === "unknown");
  throw new UserError(
    `The output of ${model.name} is not known, as its ${unknown ? `layer ${unknown.id} (${unknown.className}) is not` : "layers are not"}, so no head can be fitted to it.`,
  );
}

/** The ways to end a tensor of this rank in classes, as layers: pooling by the number of axes that positions have. */
function waysToEnd(rank: number, channelsFirst: boolean, classes: number): Way[] {
  const axes = rank - 2;
  const dense: AppendedLayer = { className: "Dense", config: { units: classes, activation: classes === 1 ? "sigmoid" : "softmax" } };
  const layout: AppendedLayer["config"] = channelsFirst && axes > 0 ? { data_format: "channels_first" } : {};
  const behind = (name: HeadName, layers: AppendedLayer[]): Way => ({ name, layers: [...layers, dense] });
  if (axes < 0) return [];
  if (axes === 0) return [behind("dense on positions", [])];
  // Dense works along the last axis.
  const turned = channelsFirst
    ? [{ className: "Permute", config: { dims: [...Array(axes).keys()].map((axis) => axis + 2).concat(1) } }]
    : [];
  const pooled = (kind: string): AppendedLayer => ({ className: `Global${kind}Pooling${axes}D`, config: layout });
  return [
    ...(axes > 3 ? [] : [behind("average pooling", [pooled("Average")]), behind("max pooling", [pooled("Max")])]),
    behind("flatten", [{ className: "Flatten", config: layout }]),
    behind("dense on positions", turned),
  ];
}

type Base = ReturnType<typeof declaredAs>;

/** All at once, as branches of one model; where one of them cannot be, each by itself, and without it. */
async function endedIn(ways: Way[], base: Base, probe: AskedProbe, options: RunOptions): Promise<HeadOption[]> {
  if (ways.length === 0) return [];
  const from = base.network.outputs[0] as Base["network"]["outputs"][number];
  const { model, names } = appendLayers(
    base,
    ways.map(({ layers }) => ({ from, layers })),
  );
  const prepared = prepareModel(model);
  try {
    const { layers } = await runProbe(prepared, probe, options);
    const rows = new Map(layers.map((row) => [row.id, row]));
    const settled = ways.map((way, index) =>
      settle(
        way,
        base,
        (names[index] ?? []).map((name) => rows.get(name)),
      ),
    );
    if (settled.every((option) => option !== null)) return settled;
    if (ways.length === 1) return [];
  } finally {
    prepared.dispose();
  }
  const alone: HeadOption[] = [];
  for (const way of ways) alone.push(...(await endedIn([way], base, probe, options)));
  return alone;
}

function settle(way: Way, base: Base, rows: (Report["layers"][number] | undefined)[]): HeadOption | null {
  const known = rows.filter((row) => row?.status === "ok").filter((row) => row !== undefined);
  const features = known.at(-1)?.inputs[0]?.shape;
  const reads = known[0]?.inputs[0]?.shape;
  const output = known.at(-1)?.output?.[0];
  if (known.length < way.layers.length || !features || !reads || !output) return null;
  const parameters = known.reduce((sum, row) => sum + row.parameters, 0);
  return { ...way, reads, features, output, parameters, fixesSize: parameters !== parametersElsewhere(way, base, reads) };
}

/** What the same layers hold where every axis but batch and channels is one longer: positions, wherever channels stand, change no others. */
function parametersElsewhere({ layers }: Way, base: Base, reads: readonly number[]): number {
  const channels = layers.some(({ config }) => config["data_format"] === "channels_first" || "dims" in config) ? 1 : reads.length - 1;
  const shape = reads.map((size, axis) => (axis === 0 ? null : axis === channels ? size : size + 1));
  const other = inputOnly(base, shape);
  const from = other.network.outputs[0] as Base["network"]["outputs"][number];
  const prepared = prepareModel(appendLayers(other, [{ from, layers }]).model);
  const { parameters } = prepared;
  prepared.dispose();
  return parameters;
}
