import { t } from "@vscode/l10n";
import type { Answer, Report, SettledEdit } from "../model";
import type { CodeBase } from "./base-code";
import { beginsWithModel, type EditSubject, editCode } from "./edit-code";

/** An edit as it was made, and what the model declared before it. */
export type MadeEdit = SettledEdit & Pick<EditSubject, "inputs">;

/** How the edited model is made in Keras. Empty where it did not run, or where Keras has no way to make it. */
export function explainEdit(report: Report, base: CodeBase, edit: MadeEdit): Answer[] {
  const [output] = report.outputs;
  if (report.failure || !output) return [];
  const behind = report.layers.filter(({ id }) => report.appended?.includes(id));
  const { end, appended, inputs } = edit;
  const subject: EditSubject = { end, appended, inputs, probe: report.probe, reads: behind[0]?.inputs[0]?.shape ?? null };
  const code = editCode(base, subject);
  if (code === null) return [];
  const isWhole = beginsWithModel(base, subject);
  // What a SavedModel holds, Keras counts in its own way.
  const counted = isWhole
    ? base.format === "saved-model"
      ? null
      : report.model.parameters
    : sumOf(behind.map(({ parameters }) => parameters));
  const way = {
    title: isWhole ? t("The whole model") : t("The appended layers"),
    code,
    gives: { output: output.shape, ...(counted === null ? {} : { parameters: counted }) },
  };
  return [{ title: t("How is this written in Keras?"), text: words(report, subject, isWhole), ways: [way], layers: report.appended ?? [] }];
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);

function words({ probe, outputs }: Report, { appended }: EditSubject, isWhole: boolean): string[] {
  return [
    ...(isWhole ? [] : [t("Keras cannot take this model apart or load it, so the code is of the appended layers alone.")]),
    ...(probe.mode === "rebuild" && isWhole ? [t("Weights that fit the new input are taken over; the others start anew.")] : []),
    ...(appended.length > 0 && outputs.length > 0 ? [t("The appended layers start untrained.")] : []),
  ];
}
