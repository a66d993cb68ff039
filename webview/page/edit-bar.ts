import { t } from "@vscode/l10n";
import type { Edit } from "../../src/model";
import { iconButton, textButton, textField } from "../controls";
import { ICONS } from "../controls/icons";
import { element } from "./dom";

export interface EditBar {
  element: HTMLElement;
  /** The button that shows and hides it. */
  opener: HTMLElement;
  /** Shows the edit that is on, and how many layers it appends; a field that has the focus keeps what is typed in it. */
  show(edit: Edit | undefined, appended: number): void;
  /** Says why an edit was refused; what was typed stays. */
  refuse(reason: string): void;
}

/** What a chip says of each part of an edit, in the order in which they are done. */
const CHIPS: { readonly [part in keyof Edit]-?: (edit: Edit, appended: number) => string } = {
  cut: ({ cut }) => t("ends at {0}", cut ?? ""),
  removeTop: () => t("without its top"),
  append: (_, appended) => (appended === 1 ? t("1 layer appended") : t("{0} layers appended", appended)),
};
const PARTS = Object.keys(CHIPS) as (keyof Edit)[];

/** What is done to the model before the probe: layers to append, the top to remove, and what is on already, to be taken off. */
export function makeEditBar(onEdit: (change: (edit: Edit) => Edit) => void): EditBar {
  const reason = element("p", { class: "ls-refusal", role: "alert" });
  const chips = element("div", { class: "ls-chips" });
  const without = (part: keyof Edit) => onEdit(({ [part]: _, ...rest }) => rest);
  const append = () => {
    const typed = field.value.trim();
    reason.textContent = "";
    if (typed === "") without("append");
    else onEdit((edit) => ({ ...edit, append: typed }));
  };
  const field = textField({
    label: t("Layers to append"),
    placeholder: "Conv2D(64, 3)|GlobalAveragePooling2D()|Dense(9)",
    onInput: () => {
      reason.textContent = "";
      field.element.classList.remove("is-invalid");
    },
  });
  field.element.addEventListener("keydown", (event) => event.key === "Enter" && append());
  const appendButton = textButton({ label: t("Append"), onPress: append });
  const topButton = textButton({ label: t("Remove top"), onPress: () => onEdit((edit) => ({ ...edit, removeTop: true })) });
  topButton.title = t("Ends the model at what its own classifier reads");
  const line = element("div", { class: "ls-edit-line" }, field.element, appendButton, topButton);
  const bar = element("div", { class: "ls-edit", role: "group", "aria-label": t("What if"), hidden: true }, line, chips, reason);

  const opener = element(
    "button",
    { class: "ls-link ls-what-if", type: "button", title: t("Append layers, remove the top or cut the model, and see what comes of it") },
    t("What if…"),
  );
  opener.addEventListener("click", () => turn(bar.hidden !== false));
  const turn = (to: boolean) => {
    bar.hidden = !to;
    opener.setAttribute("aria-expanded", String(to));
    if (to) field.focus();
  };
  opener.setAttribute("aria-expanded", "false");

  const chip = (part: keyof Edit, edit: Edit, appended: number) => {
    const words = CHIPS[part](edit, appended);
    const off = iconButton({ label: t("Take off: {0}", words), path: ICONS.close, onPress: () => without(part) });
    return element("span", { class: "ls-chip", title: words }, element("span", {}, words), off);
  };
  let hadAny = false;
  return {
    element: bar,
    opener,
    show(edit = {}, appended) {
      const on = PARTS.filter((part) => edit[part] !== undefined);
      reason.textContent = "";
      field.element.classList.remove("is-invalid");
      chips.replaceChildren(...on.map((part) => chip(part, edit, appended)));
      if (field.element !== document.activeElement || edit.append !== undefined) field.value = edit.append ?? "";
      topButton.hidden = edit.removeTop === true;
      if (on.length > 0 || hadAny) {
        bar.hidden = on.length === 0;
        opener.setAttribute("aria-expanded", String(on.length > 0));
      }
      hadAny = on.length > 0;
    },
    refuse(why) {
      bar.hidden = false;
      opener.setAttribute("aria-expanded", "true");
      field.element.classList.add("is-invalid");
      reason.textContent = why;
    },
  };
}
