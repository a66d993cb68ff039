import { t } from "@vscode/l10n";
import { type Answer, type LayerReport, layerTitles, type Report, said } from "../../model";
import { listed } from "../words";

/** Operations have long names. */
const MOST_NAMED = 3;

/** Layers of which nobody can know what they do, with the reason of each; those that only come after them are not named. Empty where all are known. */
export function explainUnknown(report: Report): Answer[] {
  const { layers } = report;
  const title = layerTitles(report);
  const named = (rows: readonly LayerReport[]): string =>
    listed(
      rows.map(({ id, className }) => `${title(id)} (${className})`),
      MOST_NAMED,
    );
  const unknown = layers.filter(
    // A loop is unknown for what is inside it.
    ({ status, inputs, nested, message }) =>
      status === "unknown" && inputs.every(({ shape }) => shape !== null) && (!nested || message !== undefined),
  );
  if (unknown.length === 0) return [];
  const areTold = unknown.every(({ output }) => output !== null);
  return [
    {
      title: t("What is unknown?"),
      text: [
        ...byReason(unknown).map(([reason, rows]) => `${named(rows)}: ${said(reason)}.`),
        unknown.every(({ needsNumbers }) => needsNumbers)
          ? t("Shapes alone do not tell it: run the probe on WebAssembly or Native (--engine auto), and it is known.")
          : areTold
            ? t("The file tells what comes out for the declared input, so the layers after it have their shapes.")
            : t("The layers that depend on it are drawn, without shapes."),
      ],
    },
  ];
}

function byReason(unknown: readonly LayerReport[]): [reason: string, rows: LayerReport[]][] {
  const found = new Map<string, LayerReport[]>();
  for (const row of unknown) {
    const reason = row.message ?? t("what {0} does with a tensor is not known", row.className);
    found.set(reason, [...(found.get(reason) ?? []), row]);
  }
  return [...found];
}
