import { t } from "@vscode/l10n";
import type { OpenedModel } from "../../helper/protocol";

/** What stands behind a model's name: what is known of the file, and of a graph how it was opened and how else it could be. */
export function titleFacts({ facts, graph }: Pick<OpenedModel, "facts" | "graph">): string[] {
  if (!graph) return facts;
  const { signature, signatures, fold } = graph;
  const others = signatures.filter((name) => name !== signature);
  return [
    ...(signature !== null && others.length > 0 ? [t("signature {0} (also {1})", signature, `?signature=${others.join(", ")}`)] : []),
    ...(fold ? [] : [t("unfolded")]),
    ...facts,
  ];
}
