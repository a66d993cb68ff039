import { wholeConfig } from "../layers";
import { type AskedProbe, type DeclareRun, flattenBefore, INPUT_GATE, type Layer, type Model, type Report } from "../model";
import { prepareModel } from "./prepare";
import type { PreparedModel } from "./prepared";
import { misfitsOf } from "./rebuild";
import { type RunOptions, runProbe } from "./run-probe";
import { variedInput } from "./sizes/axes";
import { passes, Trials } from "./sizes/trials";
import { inTurns } from "./turns";

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
  const varied = variedInput(prepared);
  const given = probe.inputs[varied?.name ?? ""];
  if (!failure || failure.layer === INPUT_GATE || !varied || prepared.inputs.length > 1 || given?.length !== 4) return null;
  const channels = varied.declared[3];
  if (String(varied.places) !== "1,2" || typeof channels !== "number" || channels !== given[3]) return null;
  const size = await inTurns(search(new Trials(prepared, varied), given.slice(1, 3), prepared), options.signal);
  if (!size) return null;
  const shape = [given[0] as number, ...size, channels];
  const report = await runProbe(prepared, { ...probe, inputs: { [varied.name]: shape } }, options);
  return report.failure || report.outputs.length === 0 ? null : { shape, report };
}

/** The near side for each axis by itself, then equal ones, as what runs along each may not run together. */
function* search(trials: Trials, wished: number[], { inputs }: PreparedModel): Generator<undefined, number[] | null> {
  const roomy = wished.map((side, axis) => Math.max(side, inputs[0]?.suggested[axis + 1] ?? side));
  const height = yield* nearestSide(trials, wished[0] as number, (side) => [side, roomy[1] as number]);
  const width = yield* nearestSide(trials, wished[1] as number, (side) => [roomy[0] as number, side]);
  if (height && width && passes(trials.try([height, width]))) return [height, width];
  const equal = yield* nearestSide(trials, Math.max(...wished), (side) => [side, side]);
  return equal ? [equal, equal] : null;
}

/** How far from the wished one a side is looked for. */
const FAR = 512;

/** The nearest side that runs, the longer of two; null where none is near. */
function* nearestSide(trials: Trials, wished: number, sizeOf: (side: number) => number[]): Generator<undefined, number | null> {
  for (let away = 0; away <= FAR; away++) {
    const found = [wished + away, wished - away].find((side) => side > 0 && passes(trials.try(sizeOf(side))));
    if (found !== undefined) return found;
    yield;
  }
  return null;
}
