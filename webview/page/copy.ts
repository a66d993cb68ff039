import { t } from "@vscode/l10n";
import { textButton } from "../controls";

/** Milliseconds for which a button says that it has copied. */
const SAID = 1500;

/** A button that copies a text; where the clipboard is not to be had it says so. */
export function copyButton(label: string, text: () => string): HTMLElement {
  const button = textButton({
    label,
    onPress: () => {
      navigator.clipboard.writeText(text()).then(
        () => {
          button.textContent = t("Copied");
          setTimeout(() => {
            button.textContent = label;
          }, SAID);
        },
        () => {
          button.textContent = t("The clipboard is not to be had here");
        },
      );
    },
  });
  return button;
}
