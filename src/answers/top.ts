import { t } from "@vscode/l10n";
import { type Answer, elementCount, formatShape, type LayerReport, type Report, said, type Way } from "../model";
import { withoutBatch } from "./words";

/** A Keras Application with its top, its input declared anew in another size. */
export interface TopElsewhere {
  architecture: string;
  /** Mode rebuild. */
  report: Report;
  /** The import that gives the name `keras`. */
  importLine: string;
}

/** Whether a Keras Application with its pretrained top may read another size: what its function says, and what its layers say. */
export function explainTop({ architecture, report, importLine }: TopElsewhere): Answer {
  const [shape = []] = Object.values(report.probe.inputs);
  const size = withoutBatch(shape);
  const refusal = report.gates.find(({ gate }) => gate === "constructor")?.message ?? null;
  const runs = report.failure === null && report.misfits.length === 0;
  const text = [
    refusal === null ? t("{0}() takes {1} with its top.", architecture, size) : t("Its function does not allow it: {0}.", said(refusal)),
    ...layersWords(report, size),
    ...(runs && refusal !== null
      ? [t("So it is the function that insists, not the layers: given a tensor instead of a shape, it does not look at the size.")]
      : []),
    ...(runs
      ? []
      : [t("Without its top it is free of that: its other weights slide over any size, and a head of your own comes behind it.")]),
  ];
  const way = runs ? [asTensor({ architecture, report, importLine }, shape)] : [];
  return { title: t("May its input have another size with its top?"), text, ...(way.length > 0 ? { ways: way } : {}) };
}

function layersWords({ layers, failure, misfits }: Report, size: string): string[] {
  if (failure) return [t("Its layers cannot either: at {0} {1} cannot run: {2}.", size, failure.layer, said(failure.message))];
  const joint = layers.filter(joinsPositions).at(-1);
  const [from, to] = [joint?.inputs[0]?.shape, joint?.output?.[0]];
  const name = joint ? `${joint.id} (${joint.className})` : "";
  const numbers = to ? elementCount(to.slice(1)) : 0;
  const [misfit] = misfits;
  if (misfit && from)
    return [
      t(
        "Its layers would lose weights: of {0} {1} makes {2} numbers, and {3} was trained on others: {4} {5} → {6}.",
        withoutBatch(from),
        name,
        numbers,
        misfit.layer,
        misfit.weight,
        formatShape(misfit.pretrained),
        formatShape(misfit.needed),
      ),
    ];
  if (misfit)
    return [
      t(
        "Its layers would lose weights, first those of {0}: {1} → {2}.",
        misfit.layer,
        formatShape(misfit.pretrained),
        formatShape(misfit.needed),
      ),
    ];
  const weights = layers.reduce((sum, row) => sum + row.weights.length, 0);
  const fit = t("Its layers do not need it: declared anew for {0}, all {1} pretrained weights fit.", size, weights);
  return [
    fit,
    ...(joint && from
      ? [t("{0} makes {1} numbers whatever the size, here of {2}; that is all that the top reads.", name, numbers, withoutBatch(from))]
      : []),
  ];
}

/** Whether many positions come in and one vector goes out. */
function joinsPositions({ inputs, output }: LayerReport): boolean {
  const [from, to] = [inputs[0]?.shape, output?.[0]];
  const positions = (shape: readonly number[]) => (shape.length < 3 ? 1 : elementCount(shape.slice(1, -1)));
  return Boolean(from && to && positions(from) > 1 && positions(to) === 1 && inputs.length === 1);
}

function asTensor({ architecture, report, importLine }: TopElsewhere, shape: readonly number[]): Way {
  const code = [
    importLine,
    "",
    `inputs = keras.Input((${shape.slice(1).join(", ")}))`,
    `model = keras.applications.${architecture}(include_top=True, weights="imagenet", input_tensor=inputs)`,
  ].join("\n");
  const [output] = report.outputs;
  return {
    title: t("Keep the top, and give it a tensor of this size"),
    code,
    ...(output ? { gives: { output: output.shape, parameters: report.model.parameters } } : {}),
  };
}
