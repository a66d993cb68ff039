import { wholeConfig } from "../layers";
import {
  type AskedProbe,
  type DeclareRun,
  flattenBefore,
  INPUT_GATE,
  type Layer,
  type Model,
  type Report,
  type Sizes,
  type ValidSides,
} from "../model";
import { prepareModel } from "./prepare";
import type { PreparedModel } from "./prepared";
import { misfitsOf } from "./rebuild";
import { type RunOptions, runProbe } from "./run-probe";
import { sizesOf } from "./sizes/sizes";

/**
 * Declares the model's inputs as the tensors of a probe are, and tries what may be done where that does not do.
 * @throws UserError for what is no probe
 */
export async function runDeclared(prepared: PreparedModel, asked: AskedProbe, options: RunOptions = {}): Promise<DeclareRun> {
  const probe: AskedProbe = { ...asked, engine: "shapes", fill: "zeros", mode: "feed" };
  const report = await runProbe(prepared, probe, options);
  const rebuilt = await runProbe(prepared, { ...probe, mode: "rebuild" }, options);
  return {
    report,
    rebuilt,
    pooled: await pooledInstead(prepared, probe, rebuilt, options),
    nearest: await nearestSize(prepared, probe, report, options),
  };
}

/** Where the weights of a layer behind a Flatten do not fit the new size: what pooling in the place of that Flatten comes to. */
async function pooledInstead(
  prepared: PreparedModel,
  probe: AskedProbe,
  rebuilt: Report,
  options: RunOptions,
): Promise<DeclareRun["pooled"]> {
  const before = rebuilt.misfits.map((misfit) => {
    const reader = rebuilt.layers.find(({ id }) => id === misfit.layer);
    return reader ? flattenBefore(rebuilt, reader) : null;
  });
  // What does not fit for another reason, would not fit either.
  const [flatten] = before.every((found) => found !== null) ? before : [];
  const axes = (flatten?.inputs[0]?.shape?.length ?? 0) - 2;
  // The mean of an image is none of its features.
  const isOfImage = rebuilt.layers.find(({ id }) => id === flatten?.inputs[0]?.layer)?.className === "InputLayer";
  if (!flatten || isOfImage || axes < 1 || axes > 3 || flatten.id.includes("/")) return null;
  const className = `GlobalAveragePooling${axes}D`;
  const pooled = prepareModel(withPooling(prepared.model, flatten.id, className));
  try {
    const report = await runProbe(pooled, { ...probe, mode: "rebuild" }, options);
    return { flatten: flatten.id, className, report: { ...report, misfits: misfitsOf(prepared, pooled) } };
  } finally {
    pooled.dispose();
  }
}

function withPooling(model: Model, flatten: string, className: string): Model {
  const layers = model.network.layers.map((layer): Layer => {
    if (layer.id !== flatten) return layer;
    const { name } = layer;
    const format = layer.config["data_format"];
    const config = { name, ...(typeof format === "string" ? { data_format: format } : {}) };
    return { ...layer, className, config: { ...wholeConfig(className, config, model.kerasMajor), ...config }, buildConfig: null };
  });
  return { ...model, network: { ...model.network, layers } };
}

/** Only of one image whose channels come last, with sizes that are left open. */
async function nearestSize(
  prepared: PreparedModel,
  probe: AskedProbe,
  { failure }: Report,
  options: RunOptions,
): Promise<DeclareRun["nearest"]> {
  const [input, ...others] = prepared.inputs;
  const given = probe.inputs[input?.name ?? ""];
  if (!failure || failure.layer === INPUT_GATE || !input || others.length > 0 || given?.length !== 4) return null;
  const channels = input.declared.at(-1);
  if (typeof channels !== "number" || channels !== given[3]) return null;
  const wished = given.slice(1, 3);
  const sizes = await sizesOf(prepared, { size: wished }, options.signal);
  for (const [height, width] of candidates(sizes, wished)) {
    const shape = [given[0] as number, height, width, channels];
    const report = await runProbe(prepared, { ...probe, inputs: { [input.name]: shape } }, options);
    if (!report.failure && report.outputs.length > 0) return { shape, report };
  }
  return null;
}

/** The near side for each by itself, then equal ones, as a side that runs in a square may not run in another shape. */
function candidates({ sides }: Sizes, wished: readonly number[]): [number, number][] {
  if (!sides) return [];
  const [height, width] = wished.map((side) => nearestSide(sides, side));
  const equal = nearestSide(sides, Math.max(...wished));
  return [...(height && width ? [[height, width] as [number, number]] : []), ...(equal ? [[equal, equal] as [number, number]] : [])];
}

/** The nearest side that runs, the longer of two; null where none is near. */
function nearestSide(sides: ValidSides, wished: number): number | null {
  for (let away = 0; away <= wished + FAR; away++) {
    const found = [wished + away, wished - away].find((side) => side > 0 && isValidSide(sides, side));
    if (found !== undefined) return found;
  }
  return null;
}

/** How much longer a side is looked for than the one that is wished. */
const FAR = 512;

function isValidSide({ ranges, beyond }: ValidSides, side: number): boolean {
  if (beyond && side >= beyond.from) return beyond.remainders.includes(side % beyond.period);
  return ranges.some(([from, to]) => side >= from && (to === null || side <= to));
}
