import { type Answer, formatShape, type LayerReport, type Report, sameShape } from "../model";
import { listed } from "./words";

/** Where a layer gives another shape than it declares: Keras builds what follows from the declared one. Empty where all are true to their word. */
export function explainDepartures({ layers, failure }: Report): Answer[] {
  const departed = layers.filter((row) => row.departs);
  const [first] = departed;
  if (!first) return [];
  const consequence =
    failure?.cause && departed.some(({ id }) => id === failure.cause)
      ? `${failure.layer} was built for the declared shape and gets the actual one, so it fails.`
      : "Nothing after it was built for a shape that it does not get.";
  const text = [
    `${listed(departed.map(describe), 4, "; ")}.`,
    "Keras infers a declared shape from the layer's rule, without running it, and builds the weights of later layers from it; the actual shape is what its operations give.",
    consequence,
  ];
  return [{ title: `Why does ${first.id} not give what it declares?`, text }];
}

function describe({ id, className, declared, output }: LayerReport): string {
  const index = (declared ?? []).findIndex((shape, at) => !sameShape(shape.slice(1), output?.[at]?.slice(1) ?? []));
  return `${id} (${className}) declares ${formatShape(declared?.[index] ?? [])} and gives ${formatShape(output?.[index] ?? [])}`;
}
