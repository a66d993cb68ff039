import { selectField } from "../controls";
import { choice } from "./choice";
import { element } from "./dom";
import { ENGINES, FILL_MEANING, FILLS, kindOf, MODES, type Terms, withEngine, withFill } from "./terms";

/** Mode, engine (with `underEngine` below it) and, with an engine that has numbers, fill. `onChange` is called when a person chooses. */
export function termsChoice(
  onChange: (terms: Terms) => void,
  underEngine: HTMLElement,
): { elements: HTMLElement[]; show(terms: Terms): void } {
  let current: Terms = { mode: "feed", engine: "shapes", fill: "zeros" };
  const change = (terms: Terms) => {
    show(terms);
    onChange(terms);
  };
  const modes = choice("Mode", MODES, (mode) => change({ ...current, mode }));
  const engines = choice("Engine", ENGINES, (engine) => change(withEngine(current, engine)));
  const fill = selectField({
    label: "Fill",
    hint: FILL_MEANING,
    options: FILLS,
    onChange: (kind) => change(withFill(current, kind)),
  });
  const fillField = element("div", { class: "ls-probe-field ls-fill" }, fill.element, element("span", { "aria-hidden": "true" }, "fill"));
  const engineField = element("div", { class: "ls-probe-field" }, engines.element, underEngine);
  const show = (terms: Terms) => {
    current = terms;
    modes.show(terms.mode);
    engines.show(terms.engine);
    fill.value = kindOf(terms.fill);
    fillField.hidden = terms.engine === "shapes";
  };
  return { elements: [modes.element, engineField, fillField], show };
}
