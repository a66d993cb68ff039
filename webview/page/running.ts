import { t } from "@vscode/l10n";
import { type EngineName, type Progress, progressWords } from "../../src/model";
import { textButton } from "../controls";
import { element } from "./dom";
import { ENGINES } from "./terms";

/** Milliseconds after which a probe that has not answered is spoken of. */
const PATIENCE = 400;

export interface Running {
  element: HTMLElement;
  begin(engine: EngineName): void;
  /** How far it is. */
  tell(progress: Progress): void;
  end(): void;
}

/** Says that a probe runs, for how long already, and offers to stop it. */
export function makeRunning(onCancel: () => void): Running {
  const words = element("span", { role: "status" });
  // Not read out: it changes ten times a second.
  const at = element("span", { class: "ls-running-at" });
  const count = element("span", { class: "ls-running-count" });
  const progress = element("span", { class: "ls-running-progress", "aria-hidden": "true" }, at, count);
  const seconds = element("span", { class: "ls-running-time", "aria-hidden": "true" });
  const pill = element("div", { class: "ls-running", hidden: true });
  pill.append(element("span", { class: "ls-spinner", "aria-hidden": "true" }), words, progress, seconds);
  pill.append(textButton({ label: t("Cancel"), onPress: onCancel }));
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
      progress.hidden = true;
      words.textContent = t("Running on {0}", ENGINES.find(({ value }) => value === engine)?.label ?? engine);
      const tick = () => {
        seconds.textContent = `${Math.floor((performance.now() - since) / 1000)} s`;
        pill.hidden = false;
        timer = setTimeout(tick, 1000);
      };
      timer = setTimeout(tick, pill.hidden ? PATIENCE : 0);
    },
    tell(how) {
      at.textContent = how.phase === "layers" ? how.layer : t("weights");
      count.textContent = t(", {0} of {1}", how.done, how.of);
      progress.title = progressWords(how);
      progress.hidden = false;
    },
    end,
  };
}
