import { setPressed, textButton } from "../controls";
import { element } from "./dom";
import type { Option } from "./terms";

export interface Choice<V extends string> {
  element: HTMLElement;
  /** Does not report a change. What is none of the options leaves all buttons up. */
  show(value: V): void;
}

/** Buttons of which one is pressed. `onChange` is called when a person chooses another one. */
export function choice<V extends string>(label: string, options: readonly Option<V>[], onChange: (value: V) => void): Choice<V> {
  let shown: V | null = null;
  const show = (value: V) => {
    shown = value;
    for (const { button, value: own } of buttons) setPressed(button, own === value);
  };
  const buttons = options.map(({ value, label: text, meaning }) => {
    const button = textButton({
      label: text,
      onPress: () => {
        if (shown === value) return;
        show(value);
        onChange(value);
      },
    });
    button.title = meaning;
    return { value, button };
  });
  return {
    element: element("div", { class: "ls-choice", role: "group", "aria-label": label }, ...buttons.map(({ button }) => button)),
    show,
  };
}
