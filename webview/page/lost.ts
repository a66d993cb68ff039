import { t } from "@vscode/l10n";
import { textButton } from "../controls";
import { element } from "./dom";

/** The line that says the server is gone. The graph stays and can be looked at; probing waits for a reload. */
export function makeLost(): { element: HTMLElement; show(): void } {
  const line = element("div", { class: "ls-lost", role: "alert", hidden: true });
  return {
    element: line,
    show() {
      line.replaceChildren(
        element(
          "p",
          {},
          element("b", {}, t("layerscope serve has ended.")),
          ` ${t("Start it again and open the address it prints. If it still runs, reload.")}`,
        ),
        textButton({ label: t("Reload"), onPress: () => location.reload() }),
      );
      line.hidden = false;
    },
  };
}
