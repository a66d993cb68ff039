import { t } from "@vscode/l10n";
import { imagePath } from "../../src/model";
import { selectField } from "../controls";
import { choice } from "./choice";
import { element } from "./dom";
import {
  ASKS_FOR_IMAGE,
  ENGINES,
  FILL_MEANING,
  FILLS,
  fillLabel,
  kindOf,
  MODES,
  PREPROCESSING_MEANING,
  PREPROCESSINGS,
  type Terms,
  withEngine,
  withFill,
  withPreprocessing,
} from "./terms";

export interface TermsEvents {
  /** A person has chosen. */
  onChange(terms: Terms): void;
  /** Asks for an image; null where a person goes away. */
  chooseImage(): Promise<string | null>;
  /** No image came, and why. */
  onTrouble(error: Error): void;
}

/** Mode (with `underMode` below it), engine (with `underEngine`) and, with an engine that has numbers, fill; of an image also how its pixels are prepared. */
export function termsChoice(
  { onChange, chooseImage, onTrouble }: TermsEvents,
  { underMode, underEngine }: { underMode: HTMLElement; underEngine: HTMLElement },
): { elements: HTMLElement[]; show(terms: Terms): void } {
  let current: Terms = { mode: "feed", engine: "shapes", fill: "zeros" };
  const change = (terms: Terms) => {
    show(terms);
    onChange(terms);
  };
  const askForImage = async () => {
    show(current); // until there is one
    const image = await chooseImage();
    if (image !== null) change(withFill(current, image));
  };
  const modes = choice(t("Mode"), MODES, (mode) => change({ ...current, mode }));
  const engines = choice(t("Engine"), ENGINES, (engine) => change(withEngine(current, engine)));
  const fill = selectField({
    label: t("Fill"),
    hint: FILL_MEANING,
    options: FILLS,
    labelOf: fillLabel,
    onChange: (kind) => (kind === ASKS_FOR_IMAGE ? void askForImage().catch(onTrouble) : change(withFill(current, kind))),
  });
  const preprocess = selectField({
    label: t("Pixels"),
    hint: PREPROCESSING_MEANING,
    options: PREPROCESSINGS,
    onChange: (value) => change(withPreprocessing(current, value)),
  });
  const fillField = labelled(t("fill"), fill.element);
  const preprocessField = labelled(t("pixels"), preprocess.element);
  const engineField = element("div", { class: "ls-probe-field" }, engines.element, underEngine);
  const modeField = element("div", { class: "ls-probe-field" }, modes.element, underMode);
  const show = (terms: Terms) => {
    current = terms;
    modes.show(terms.mode);
    engines.show(terms.engine);
    fill.value = kindOf(terms.fill);
    preprocess.value = terms.preprocess ?? "auto";
    fillField.hidden = terms.engine === "shapes";
    preprocessField.hidden = fillField.hidden || imagePath(terms.fill) === null;
  };
  const contentField = element("div", { class: "ls-content" }, fillField, preprocessField);
  return { elements: [modeField, engineField, contentField], show };
}

const labelled = (label: string, field: HTMLElement) =>
  element("div", { class: "ls-probe-field ls-fill" }, field, element("span", { "aria-hidden": "true" }, label));
