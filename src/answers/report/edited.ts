import { t } from "@vscode/l10n";
import { type Answer, type AppendedLayer, isObject, type Report } from "../../model";
import { beginsWithModel, type EditSubject, editCode } from "../code/edit";
import type { CodeBase } from "../code/own";

/** How the edited model is made in Keras. Empty of a model as it was, where it did not run, and where Keras has no way to make it. */
export function explainEdit(report: Report, base: CodeBase): Answer[] {
  const { edited } = base;
  const [output] = report.outputs;
  if (!edited || report.failure || !output) return [];
  const behind = report.layers.filter(({ id }) => report.appended?.includes(id));
  const { end, appended, before } = edited;
  const subject: EditSubject = { end, appended, inputs: before, probe: report.probe, reads: behind[0]?.inputs[0]?.shape ?? null };
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
  return [
    {
      title: t("How is this written in Keras?"),
      text: words(report, subject, { isWhole, kerasMajor: base.kerasMajor }),
      ways: [way],
      layers: report.appended ?? [],
    },
  ];
}

interface Written {
  /** Whether the code begins with the model, not behind it. */
  isWhole: boolean;
  kerasMajor: 2 | 3;
}

const sumOf = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);

/** Layers that stand as activations by their bare names; inside wrappers too. */
function layersByName({ config }: AppendedLayer): string[] {
  return Object.entries(config).flatMap(([argument, value]) => {
    if (!isObject(value) || typeof value["class_name"] !== "string" || !isObject(value["config"])) return [];
    const { class_name: className, config: own } = value;
    if (argument.endsWith("activation")) return Object.keys(own).length === 0 ? [className] : [];
    return layersByName({ className, config: own });
  });
}

function words({ probe, layers, appended: ids = [] }: Report, { appended }: EditSubject, { isWhole, kerasMajor }: Written): string[] {
  const isTrainable = layers.some(({ id, parameters }) => parameters > 0 && ids.includes(id));
  const named = kerasMajor === 3 ? appended.flatMap(layersByName) : [];
  return [
    ...named.map((name) => t('Keras 3 takes no text "{0}" for an activation, as Keras 2 does; the layer itself stands there.', name)),
    ...(isWhole ? [] : [t("Keras cannot take this model apart or load it, so the code is of the appended layers alone.")]),
    ...(probe.mode === "rebuild" && isWhole
      ? [t("A layer whose weights all fit the new input takes them over; the others start anew.")]
      : []),
    ...(isTrainable ? [t("The appended layers start untrained.")] : []),
  ];
}
