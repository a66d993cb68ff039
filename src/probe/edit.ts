import { layersWritten } from "../layers";
import {
  type AskedProbe,
  type Edit,
  type Layer,
  type MadeEdit,
  type Model,
  nearest,
  type Report,
  type SettledEdit,
  type TensorRef,
  UserError,
  type WeightEntry,
} from "../model";
import { appendLayers, asLayer, cutAt, declaredAs, GRAPH_LAYER } from "./append";
import { tensorsOf } from "./calls";
import { checkProbe } from "./check";
import { ownClasses } from "./model-end";
import { prepareModel } from "./prepare";
import { allLayers, type PreparedModel } from "./prepared";
import { type RunOptions, runProbe } from "./run-probe";

/** A model as an edit made it, ready for probes. Whoever has it disposes of `prepared`. */
export interface EditedModel {
  prepared: PreparedModel;
  /** Ids of the layers that were appended, in their order. */
  appended: string[];
  /** What stands before the ids that layers had: `graph/` where a graph of operations became a layer, else nothing. */
  prefix: string;
}

/** How many layers are named that may have been meant. */
const MOST_NAMED = 5;

/** Whether an edit asks for anything. */
export const isEdit = (edit: Edit | undefined): edit is Edit =>
  edit !== undefined && (edit.cut !== undefined || edit.removeTop === true || (edit.append ?? "").trim() !== "");

/**
 * The model that an edit makes of another, its open sizes declared as the probe has them where layers are appended.
 * @throws UserError where there is no such layer, no classifier, or no such class, in a sentence
 */
export async function editModel(base: PreparedModel, asked: AskedProbe, options: RunOptions = {}): Promise<EditedModel> {
  const { inputs, edit = {} } = checkProbe(base, asked);
  const { model } = base;
  const layers = layersWritten(edit.append ?? "", model.kerasMajor);
  const cut = edit.cut === undefined ? null : tensorOf(edit.cut, base);
  const top = edit.removeTop ? await topOf(base, cut, options) : null;
  const end: SettledEdit["end"] = top ? { layer: top.layer, at: "input", isTop: true } : cut ? endAt(cut, model) : null;
  const outputs = top ? [top.reads] : cut ? [cut] : model.network.outputs;
  const settled = { end, before: base.inputs.map(({ name, declared, dtype }) => ({ name, declared, dtype })), declared: inputs };
  const own = cutAt(forgetful(model), outputs);
  if (layers.length === 0) return madeBy(own, { ...settled, appended: [], ids: [] }, "");
  requireOneOutput(model, outputs);
  const isGraph = model.network.kind === "graph";
  const closed = declaredAs(isGraph ? asLayer(own) : own, inputs);
  const from = closed.network.outputs[0] as TensorRef;
  // A layer that went may be asked for by name, in the file, in the view.
  const gone = model.network.layers.map(({ name }) => name);
  const { model: appended, names } = appendLayers(closed, [{ from, layers }], gone);
  return madeBy(appended, { ...settled, appended: layers, ids: names[0] ?? [] }, isGraph ? `${GRAPH_LAYER}/` : "");
}

/** @throws UserError where an appended layer gives several tensors */
function madeBy(model: Model, edited: MadeEdit, prefix: string): EditedModel {
  const prepared = prepareModel({ ...model, edited });
  const ofSeveral = prepared.network.layers.find(({ layer, declared }) => edited.ids.includes(layer.id) && (declared?.length ?? 1) !== 1);
  if (!ofSeveral) return { prepared, appended: edited.ids, prefix };
  prepared.dispose();
  const { layer, declared } = ofSeveral;
  throw new UserError(
    `${layer.className} as it is written gives ${declared?.length} tensors, and a chain goes on with one, so it cannot be appended.`,
  );
}

/** A probe of an edited model. The weights of appended layers are nobody's pretrained ones, so they are no misfits. @see runProbe */
export async function runEdited({ prepared, appended }: EditedModel, probe: AskedProbe, options: RunOptions = {}): Promise<Report> {
  const report = await runProbe(prepared, probe, options);
  const misfits = report.misfits.filter(({ layer }) => !appended.includes(layer));
  return { ...report, misfits, ...(appended.length > 0 ? { appended } : {}) };
}

/** A file's weights as the edited model knows them; those of layers that went are left out. */
export function weightsOfEdited(
  base: PreparedModel,
  { prepared, prefix, appended }: EditedModel,
  weights: readonly WeightEntry[],
): WeightEntry[] {
  const before = new Set(allLayers(base.network).map(({ layer }) => layer.id));
  const now = new Set(allLayers(prepared.network).map(({ layer }) => layer.id));
  return weights.flatMap((entry) => {
    if (entry.layer === null) return [entry];
    const layer = prefix + entry.layer;
    const isGone = before.has(entry.layer) && (!now.has(layer) || appended.includes(layer));
    return isGone ? [] : [{ ...entry, layer }];
  });
}

/** What it was saved as, another program can no longer run in its stead. */
const forgetful = ({ savedModel: _, ...model }: Model): Model => model;

/** What the layer of that id gives. @throws UserError where it is none, lies inside another, or gives several tensors */
function tensorOf(id: string, { model, network }: PreparedModel): TensorRef {
  const { layers, kind } = model.network;
  // With layers behind it a graph is one, and its operations are called by the path through it.
  const inside = kind === "graph" && id.startsWith(`${GRAPH_LAYER}/`) ? id.slice(GRAPH_LAYER.length + 1) : null;
  const layer = layers.find((each) => each.id === id) ?? layers.find((each) => each.id === inside);
  if (!layer) throw new UserError(notThere(id, model));
  if (layer.calls.length > 1)
    throw new UserError(`${id} is called ${layer.calls.length} times, so no single tensor is what it gives; cut at another layer.`);
  const count = network.layers.find((each) => each.layer === layer)?.declared?.length ?? 1;
  if (count !== 1) throw new UserError(`${id} gives ${count} tensors, and a model is cut at one; cut at another layer.`);
  return { layer: layer.name, call: 0, output: 0 };
}

/** Of a model inside another Keras names what it gives by itself, not what it gives there: a layer that reads it there does. */
function endAt({ layer: name }: TensorRef, { network }: Model): NonNullable<SettledEdit["end"]> {
  const isNested = network.layers.some((layer) => layer.name === name && layer.network);
  if (!isNested) return { layer: name, at: "output" };
  const reader = network.layers.find(({ calls }) => {
    const [first, ...others] = calls.flatMap(tensorsOf);
    return first?.layer === name && others.length === 0;
  });
  return reader ? { layer: reader.name, at: "input" } : { layer: name, at: null };
}

function notThere(id: string, { name, network }: Model): string {
  const outer = network.layers.find((layer) => layer.network && id.startsWith(`${layer.id}/`));
  if (outer && holds(outer, id))
    return `${id} lies inside the model ${outer.id}, which is one layer here; cut at ${outer.id}, or open that model by itself.`;
  const ids = network.layers.map((layer) => layer.id);
  const near = nearest(id, ids);
  const longer = ids.filter((each) => each.startsWith(id)).slice(0, MOST_NAMED);
  const meant = near ?? longer.join(", ");
  return `${name} has no layer ${id}${meant ? `; did you mean ${meant}?` : ", at which it could be cut."}`;
}

const holds = ({ network }: Layer, id: string): boolean => network?.layers.some((layer) => layer.id === id || holds(layer, id)) ?? false;

/** Where the model ends in classes by itself: asked of what it is built for, as the probe at hand may fail before it. @throws UserError */
async function topOf(base: PreparedModel, cut: TensorRef | null, options: RunOptions): Promise<{ layer: string; reads: TensorRef }> {
  const prepared = cut ? prepareModel(cutAt(base.model, [cut])) : base;
  try {
    const { signal } = options;
    const report = await runProbe(prepared, { inputs: {}, mode: "feed", engine: "shapes", fill: "zeros" }, signal ? { signal } : {});
    const own = ownClasses(prepared, report);
    if (own) return { layer: own.classes.layer, reads: own.reads };
    const { zoo, name } = base.model;
    throw new UserError(
      `${name} does not end in a classifier${zoo && !zoo.includeTop ? ": it is without its top already" : ""}, so there is no top to remove.`,
    );
  } finally {
    if (cut) prepared.dispose();
  }
}

function requireOneOutput({ name }: Model, outputs: readonly TensorRef[]): void {
  if (outputs.length === 1) return;
  const names = outputs.map(({ layer }) => layer);
  throw new UserError(
    `${name} has ${names.length} outputs (${names.slice(0, 4).join(", ")}${names.length > 4 ? ", …" : ""}); cut it at one of them before layers are appended.`,
  );
}
