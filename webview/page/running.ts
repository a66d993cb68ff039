import type { EngineName } from "../../src/model";
import { textButton } from "../controls";
import { element } from "./dom";
import { ENGINES } from "./terms";

/** Milliseconds after which a probe that has not answered is spoken of. */
const PATIENCE = 400;

export interface Running {
  element: HTMLElement;
  begin(engine: EngineName): void;
  end(): void;
}

/** Says that a probe runs, for how long already, and offers to stop it. */
export function makeRunning(onCancel: () => void): Running {
  const words = element("span", { role: "status" });
  const seconds = element("span", { class: "ls-running-time", "aria-hidden": "true" });
  const pill = element("div", { class: "ls-running", hidden: true });
  pill.append(element("span", { class: "ls-spinner", "aria-hidden": "true" }), words, seconds);
  pill.append(textButton({ label: "Cancel", onPress: onCancel }));
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = () => {
    clearTimeout(timer);
    pill.hidden = true;
  };
  return {
    element: pill,
    begin(engine) {
      clearTimeout(timer);
      const since = performance.now();
      words.textContent = `Running on ${ENGINES.find(({ value }) => value === engine)?.label ?? engine}`;
      const tick = () => {
        seconds.textContent = `${Math.floor((performance.now() - since) / 1000)} s`;
        pill.hidden = false;
        timer = setTimeout(tick, 1000);
      };
      timer = setTimeout(tick, pill.hidden ? PATIENCE : 0);
    },
    end,
  };
}
