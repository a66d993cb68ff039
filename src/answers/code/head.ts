import type { AppendedLayer, HeadOption, HeadRun, MadeEdit } from "../../model";
import { type EditSubject, editCode } from "./edit";
import type { CodeBase } from "./own";

/**
 * Keras code that makes the model with this head from nothing but the model itself, and calls it `model`. Of what Keras cannot load,
 * the head alone, on the features that come out.
 */
export function headCode(base: CodeBase, run: HeadRun, option: HeadOption): string {
  const { probe, model } = run.report;
  const own = option.layers.length > 0 ? (run.ownClasses?.layer ?? null) : null;
  const { end, appended } = endedIn(base.edited ?? null, own, option.layers);
  const [first] = base.edited?.ids ?? [];
  const row = appended.length > option.layers.length ? run.report.layers.find(({ id }) => id === first) : undefined;
  const reads = row?.inputs[0]?.shape ?? option.reads;
  return editCode(base, { inputs: base.edited?.before ?? model.inputs, probe, end, appended, reads }) ?? "";
}

/** The head behind what an edit made of the model, in the place of the classifier `own` where there is one. */
function endedIn(edited: MadeEdit | null, own: string | null, head: readonly AppendedLayer[]): Pick<EditSubject, "end" | "appended"> {
  const place = own === null ? -1 : (edited?.ids.indexOf(own) ?? -1);
  if (own !== null && place < 0) return { end: { layer: own, at: "input", isTop: true }, appended: [...head] };
  const kept = own === null ? edited?.appended : edited?.appended.slice(0, place);
  return { end: edited?.end ?? null, appended: [...(kept ?? []), ...head] };
}
