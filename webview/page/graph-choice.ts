import { t } from "@vscode/l10n";
import type { OpenedModel } from "../../src/helper/protocol";
import type { GraphOptions, Report } from "../../src/model";
import { selectField } from "../controls";
import { element } from "./dom";

export interface GraphChoice {
  element: HTMLElement;
  show(model: OpenedModel, report: Report): void;
}

/** How a graph is shown: by which of its signatures, and whether nodes that say nothing are folded. Empty for models of layers. */
export function makeGraphChoice(onChoose: (how: GraphOptions) => void): GraphChoice {
  const line = element("span", { class: "ls-graph-choice" });
  return {
    element: line,
    show({ graph }, report) {
      const parts = graph ? [...signatureChoice(graph, onChoose), ...foldButton(graph.fold, report, onChoose)] : [];
      line.replaceChildren(...parts);
    },
  };
}

type Graph = NonNullable<OpenedModel["graph"]>;

function signatureChoice({ signature, signatures }: Graph, onChoose: (how: GraphOptions) => void): HTMLElement[] {
  if (signature === null || signatures.length < 2) return [];
  const field = selectField({
    label: t("Signature"),
    hint: t("Which of the SavedModel's signatures is shown"),
    options: signatures.map((name) => ({ value: name, label: name })),
    onChange: (chosen) => onChoose({ signature: chosen }),
  });
  field.value = signature;
  return [field.element];
}

const UNFOLD = t("Constants, variables and identities are folded into the operations that use them; show them as operations of their own");
const FOLD = t("Fold constants, variables and identities into the operations that use them");

function foldButton(isFolded: boolean, { layers }: Report, onChoose: (how: GraphOptions) => void): HTMLElement[] {
  const count = layers.reduce((sum, { operation }) => sum + (operation?.folded?.length ?? 0), 0);
  if (isFolded && count === 0) return [];
  const words = !isFolded ? t("fold") : count === 1 ? t("unfold 1 node") : t("unfold {0} nodes", count);
  const button = element("button", { type: "button", class: "ls-link", title: isFolded ? UNFOLD : FOLD }, words);
  button.addEventListener("click", () => onChoose({ fold: !isFolded }));
  return [button];
}
