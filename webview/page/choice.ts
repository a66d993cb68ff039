import { selectField, setPressed, textButton } from "../controls";
import { element } from "./dom";
import type { Option } from "./terms";

export interface Choice<V extends string> {
  element: HTMLElement;
  /** Does not report a change. What is none of the options leaves all buttons up. */
  show(value: V): void;
}

/** Buttons of which one is pressed; where the page is narrow they fold into a list. `onChange` is called when a person chooses another one. */
export function choice<V extends string>(label: string, options: readonly Option<V>[], onChange: (value: V) => void): Choice<V> {
  let shown: V | null = null;
  const choose = (value: V) => {
    if (shown === value) return;
    show(value);
    onChange(value);
  };
  const show = (value: V) => {
    shown = value;
    folded.value = value;
    for (const { button, value: own } of buttons) setPressed(button, own === value);
  };
  const buttons = options.map(({ value, label: text, meaning }) => {
    const button = textButton({ label: text, onPress: () => choose(value) });
    button.title = meaning;
    return { value, button };
  });
  const folded = selectField({
    label,
    hint: options.map(({ meaning }) => meaning).join("\n"),
    options,
    onChange: (value) => choose(value as V),
  });
  const group = element("div", { class: "ls-choice", role: "group", "aria-label": label }, ...buttons.map(({ button }) => button));
  return {
    element: element("div", { class: "ls-choice-field" }, group, element("div", { class: "ls-choice-folded" }, folded.element)),
    show,
  };
}
