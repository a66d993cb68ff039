import { t } from "@vscode/l10n";
import { formatShape, operationWords } from "../../src/model";
import { groupFacts } from "../draw/describe";
import { markOf } from "../draw/marks";
import type { PlacedBox, Subject } from "../draw/scene";
import { element } from "./dom";
import type { Fact } from "./fact";
import { callFacts, layerFacts } from "./facts";
import { numberFacts } from "./number-facts";
import { type PictureBook, smallPicture } from "./pictures";

export interface Tooltip {
  element: HTMLElement;
  show(placed: PlacedBox, subject: Subject, near: DOMRect, within: DOMRect): void;
  hide(): void;
}

/** One tooltip for all boxes. It takes no pointer, so that it never stands in the way. */
export function makeTooltip(book: PictureBook): Tooltip {
  const tip = element("div", { class: "ls-tooltip", id: "ls-tooltip", role: "tooltip", hidden: true });
  let shown: PlacedBox | null = null;
  return {
    element: tip,
    show(placed, subject, near, within) {
      if (shown === placed) return;
      shown = placed;
      tip.replaceChildren(...contents(placed, subject));
      tip.hidden = false;
      place(tip, near, within);
      if (placed.box.kind !== "layer") return;
      void book.of(placed.box.row).then((pictures) => {
        if (pictures === null || shown !== placed) return;
        tip.append(smallPicture(pictures));
        place(tip, near, within);
      });
    },
    hide: () => {
      shown = null;
      tip.hidden = true;
    },
  };
}

function contents({ box }: PlacedBox, subject: Subject): HTMLElement[] {
  if (box.kind === "layer") {
    const heading = element(
      "p",
      { class: "ls-tip-title" },
      element("b", {}, box.row.id),
      ` ${operationWords(box.row.className, box.row.operation)}`,
    );
    return [heading, factList([...layerFacts(box.row, subject.report), ...numberFacts(box.row, subject.report)])];
  }
  const { inShape, outShape } = box.summary;
  const mark = markOf(box, subject.marks);
  const facts: Fact[] = [
    { label: t("holds"), value: groupFacts(box) },
    { label: t("shapes"), value: `${inShape ? formatShape(inShape) : t("unknown")} → ${outShape ? formatShape(outShape) : t("unknown")}` },
    ...callFacts(subject.report.layers.find(({ id }) => id === box.id) ?? {}),
    ...(mark ? [{ label: t("inside"), value: mark.spoken, tone: mark.tone }] : []),
  ];
  return [element("p", { class: "ls-tip-title" }, element("b", {}, box.group.title), ` ${t("group")}`), factList(facts)];
}

/** Facts as a list of terms. */
export function factList(facts: readonly Fact[]): HTMLElement {
  const rows = facts.flatMap(({ label, value, tone, hint, isLong }) => [
    element("dt", { title: hint ?? null, class: isLong ? "is-long" : null }, label),
    element("dd", { class: [tone, isLong ? "is-long" : null].filter(Boolean).join(" ") || null }, value),
  ]);
  return element("dl", { class: "ls-facts" }, ...rows);
}

/** Below the box, or above it where there is no room; always inside the stage. */
function place(tip: HTMLElement, near: DOMRect, within: DOMRect): void {
  const { width, height } = tip.getBoundingClientRect();
  const below = near.bottom + 8 + height <= within.bottom;
  const y = below ? near.bottom + 8 : Math.max(within.top + 4, near.top - 8 - height);
  const x = Math.min(Math.max(within.left + 8, near.left), Math.max(within.left + 8, within.right - width - 8));
  tip.style.transform = `translate(${Math.round(x - within.left)}px, ${Math.round(y - within.top)}px)`;
}
