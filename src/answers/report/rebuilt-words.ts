import { t } from "@vscode/l10n";
import { formatShape, layerTitles, type Report } from "../../model";
import { counted, withoutBatch } from "../words";
import { reason } from "./gates";

/** What `clone_model` with another Input comes to. */
export function rebuiltWords(rebuilt: Report): string[] {
  const { failure, misfits, layers, outputs } = rebuilt;
  const count = counted(
    layers.reduce((sum, { weights }) => sum + weights.length, 0),
    "weight",
  );
  if (failure) {
    const layer = layerTitles(rebuilt)(failure.layer);
    return [
      t("Built anew from its layers (clone_model), it cannot run: {0}: {1}.", layer, reason(failure.message)),
      ...departedWords(rebuilt),
      ...nestedWords(rebuilt),
    ];
  }
  if (outputs.length === 0) return [t("What it would give, built anew from its layers (clone_model), is not known.")];
  const output = withoutBatch(outputs[0]?.shape ?? []);
  if (misfits.length === 0)
    return [t("Built anew from its layers (clone_model), it gives {0}, and it can take all its {1} as they are.", output, count)];
  const lost = counted(misfits.length, "weight");
  return [
    t("Built anew from its layers (clone_model), it gives {0}. Of its {1}, the table has those that do not fit: {2}.", output, count, lost),
    ...statisticsWords(rebuilt),
  ];
}

/** A layer that gives other channels than it declares: what follows was built for what it declares. */
function departedWords({ failure, layers }: Report): string[] {
  const cause = layers.find(({ id, departs }) => departs && id === failure?.cause);
  const [declared, given] = [cause?.declared?.[0], cause?.output?.[0]];
  return cause && declared && given
    ? [
        t(
          "Keras takes it that {0} leaves the shape as it is, {1}, and builds what follows for that; but its numbers stretch it to {2}.",
          cause.id,
          formatShape(declared),
          formatShape(given),
        ),
      ]
    : [];
}

/** A model inside another has an Input of its own, which cloning leaves alone. */
function nestedWords({ failure, layers }: Report): string[] {
  const outer = layers.find(({ id, nested }) => nested && (failure?.layer === id || failure?.layer.startsWith(`${id}/`)));
  return outer ? [t("{0} is a model inside this one: it keeps the input that it declares itself.", outer.id)] : [];
}

/** A normalization that has one mean where it had several, in front of something that still has several. */
function statisticsWords({ misfits, layers }: Report): string[] {
  const [first] = misfits;
  const isStatistics = misfits.every(({ layer }) => layers.find(({ id }) => id === layer)?.className === "Normalization");
  return first && isStatistics
    ? [
        t(
          "No single mean and variance stands for the {0} of {1}, so there is no rescue that keeps what the model gives.",
          first.pretrained.at(-1) as number,
          first.layer,
        ),
      ]
    : [];
}
