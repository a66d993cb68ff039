import { t } from "@vscode/l10n";
import { type Answer, formatShape, type LayerReport, type Report, sameShape } from "../../model";
import { listed } from "../words";

/** Where a layer gives another shape than it declares: Keras builds what follows from the declared one. Empty where all are true to their word. */
export function explainDepartures({ layers, failure }: Report): Answer[] {
  const departed = layers.filter((row) => row.departs);
  const [first] = departed;
  if (!first) return [];
  const consequence =
    failure?.cause && departed.some(({ id }) => id === failure.cause)
      ? t("{0} was built for the declared shape and gets the actual one, so it fails.", failure.layer)
      : t("Nothing after it was built for a shape that it does not get.");
  const text = [
    `${listed(departed.map(describe), 4, "; ")}.`,
    t(
      "Keras infers a declared shape from the layer's rule, without running it, and builds the weights of later layers from it; the actual shape is what its operations give.",
    ),
    consequence,
  ];
  return [{ title: t("Why does {0} not give what it declares?", first.id), text }];
}

function describe({ id, className, declared, output }: LayerReport): string {
  const index = (declared ?? []).findIndex((shape, at) => !sameShape(shape.slice(1), output?.[at]?.slice(1) ?? []));
  const [promised, given] = [declared?.[index] ?? [], output?.[index] ?? []].map(formatShape);
  return t("{0} ({1}) declares {2} and gives {3}", id, className, promised ?? "", given ?? "");
}
