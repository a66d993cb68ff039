import type { HeadOption, HeadRun } from "../model";
import type { CodeBase } from "./base-code";
import { editCode } from "./edit-code";

/**
 * Keras code that makes the model with this head from nothing but the model itself, and calls it `model`. Of what Keras cannot load,
 * the head alone, on the features that come out.
 */
export function headCode(base: CodeBase, { report, ownClasses }: HeadRun, { layers, reads }: HeadOption): string {
  const { probe, model } = report;
  const end = ownClasses && layers.length > 0 ? ({ layer: ownClasses.layer, at: "input", isTop: true } as const) : null;
  return editCode(base, { inputs: model.inputs, probe, end, appended: layers, reads }) ?? "";
}
