import type { ProbeMode } from "../../src/model";
import { setPressed, textButton } from "../controls";
import { element } from "./dom";

/** One row a mode: what its button says, and what it asks. */
const MODES: readonly { mode: ProbeMode; label: string; meaning: string }[] = [
  { mode: "feed", label: "Feed", meaning: "Feed: the model as it was built gets this tensor" },
  {
    mode: "rebuild",
    label: "Rebuild",
    meaning: "Rebuild: the input is declared anew for this tensor; shows which pretrained weights still fit",
  },
];

export interface ModeChoice {
  element: HTMLElement;
  show(mode: ProbeMode): void;
}

/** Feed or rebuild. `onChange` is called when a person chooses the other one. */
export function modeChoice(onChange: (mode: ProbeMode) => void): ModeChoice {
  let shown: ProbeMode | null = null;
  const show = (mode: ProbeMode) => {
    shown = mode;
    for (const { button, mode: own } of buttons) setPressed(button, own === mode);
  };
  const buttons = MODES.map(({ mode, label, meaning }) => {
    const button = textButton({
      label,
      onPress: () => {
        if (shown === mode) return;
        show(mode);
        onChange(mode);
      },
    });
    button.title = meaning;
    return { mode, button };
  });
  return {
    element: element("div", { class: "ls-modes", role: "group", "aria-label": "Mode" }, ...buttons.map(({ button }) => button)),
    show,
  };
}
