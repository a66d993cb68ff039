import { t } from "@vscode/l10n";
import type { QuestionId, Wish } from "../../../src/model";
import { textField } from "../../controls";
import { element } from "../dom";
import { readSize } from "../probe-fields";

/** What a person adds to a question before it can be answered, or to have it answered otherwise. */
export interface WishField {
  element: HTMLElement;
  focus(): void;
  /** Writes a wish of elsewhere into the field; false where there is nothing to write. */
  fill(wish: Wish): boolean;
  /** Null where the question cannot be asked yet. */
  wish(): Wish | null;
}

interface Row {
  label(): string;
  placeholder: string;
  /** What is typed as a wish; null where the question waits, or why it cannot be one. */
  read(text: string): Wish | null | { reason: string };
  /** The part of a wish that is typed here. */
  text(wish: Wish): string | number | undefined;
}

/** The questions that have a field, and how it is read. */
const FIELDS: { readonly [id in QuestionId]?: Row } = {
  head: {
    label: () => t("classes"),
    placeholder: "1000",
    read: (text) => {
      if (text === "") return {};
      const result = readSize(text, t("classes"));
      return "reason" in result ? result : { classes: result.size };
    },
    text: ({ classes }) => classes,
  },
  other: {
    label: () => t("Keras Application"),
    placeholder: "MobileNetV3Small",
    read: (text) => (text === "" ? null : { other: text }),
    text: ({ other }) => other,
  },
};

/** Milliseconds to wait for the next key. */
const PAUSE = 400;

/** The field of a question; null where it has none. `onWish` is called when a person has typed, at once on Enter. */
export function wishField(id: QuestionId, onWish: () => void): WishField | null {
  const row = FIELDS[id];
  if (row === undefined) return null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const reason = element("p", { class: "ls-refusal", role: "alert" });
  const read = () => row.read(field.value.trim());
  const ask = (pause: number) => {
    clearTimeout(timer);
    const result = read();
    const isBad = result !== null && "reason" in result;
    field.element.classList.toggle("is-invalid", isBad);
    reason.textContent = isBad ? result.reason : "";
    if (result !== null && !isBad) timer = setTimeout(onWish, pause);
  };
  const field = textField({ label: row.label(), placeholder: row.placeholder, onInput: () => ask(PAUSE) });
  field.element.addEventListener("keydown", (event) => event.key === "Enter" && ask(0));
  return {
    element: element(
      "div",
      { class: `ls-wish ${id}` },
      element("span", { class: "ls-quiet", "aria-hidden": "true" }, row.label()),
      field.element,
      reason,
    ),
    focus: () => field.focus(),
    fill(wish) {
      const text = row.text(wish);
      if (text === undefined) return false;
      field.value = String(text);
      return true;
    },
    wish: () => {
      const result = read();
      return result !== null && "reason" in result ? null : result;
    },
  };
}
