import type { OpenedModel } from "../../src/helper/protocol";
import { type Headline, layerNoun } from "../../src/model";
import { formatCount, plural } from "../draw/text";
import { element } from "./dom";

export interface Header {
  title: HTMLElement;
  headline: HTMLElement;
  showModel(model: OpenedModel): void;
  showHeadline(headline: Headline): void;
}

/** Name and facts of the model, and the line that says what happened. */
export function makeHeader(): Header {
  const name = element("h1", {}, "Layerscope");
  const facts = element("p", { class: "ls-model-facts" });
  const headline = element("p", { class: "ls-headline", role: "status", "aria-live": "polite" });
  return {
    title: element("div", { class: "ls-title" }, name, facts),
    headline,
    showModel(model) {
      name.textContent = model.name;
      const all = [
        model.producer,
        ...model.facts,
        plural(model.layers, layerNoun(model.format)),
        `${formatCount(model.parameters)} parameters`,
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
