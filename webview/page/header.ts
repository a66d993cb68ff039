import { t } from "@vscode/l10n";
import type { OpenedModel } from "../../src/helper/protocol";
import { type GraphOptions, type Headline, layerNoun, type Report } from "../../src/model";
import { counted, formatCount } from "../draw/text";
import { element } from "./dom";
import { makeGraphChoice } from "./graph-choice";

export interface Header {
  title: HTMLElement;
  headline: HTMLElement;
  showModel(model: OpenedModel, report: Report): void;
  showHeadline(headline: Headline): void;
}

/** Name and facts of the model, and the line that says what happened. */
export function makeHeader(onGraph: (how: GraphOptions) => void): Header {
  const name = element("h1", {}, "Layerscope");
  const facts = element("p", { class: "ls-model-facts" });
  const graph = makeGraphChoice(onGraph);
  const headline = element("p", { class: "ls-headline", role: "status", "aria-live": "polite" });
  return {
    title: element("div", { class: "ls-title" }, name, facts, graph.element),
    headline,
    showModel(model, report) {
      graph.show(model, report);
      name.textContent = model.name;
      const all = [
        model.producer,
        ...model.facts,
        counted(model.layers, layerNoun(model.format)),
        t("{0} parameters", formatCount(model.parameters)),
      ];
      facts.textContent = all.filter((fact) => fact !== null).join(" · ");
      document.title = `${model.name} – Layerscope`;
    },
    showHeadline({ tone, text }) {
      headline.className = `ls-headline ${tone}`;
      headline.textContent = text;
      headline.title = text; // in a narrow page long lines are cut
    },
  };
}
