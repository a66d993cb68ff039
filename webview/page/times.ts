import { t } from "@vscode/l10n";
import type { Report } from "../../src/model";
import { element } from "./dom";
import { formatShare, formatTime, totalTime } from "./number-facts";

const MOST = 6;

/** The layers that took longest, slowest first: `share` of all, 0 to 1. */
export function slowest(report: Report): { id: string; milliseconds: number; share: number }[] {
  const total = totalTime(report);
  const timed = report.layers.flatMap(({ id, milliseconds }) => (milliseconds === undefined ? [] : [{ id, milliseconds }]));
  const sorted = timed.sort((a, b) => b.milliseconds - a.milliseconds).slice(0, MOST);
  return total === 0 ? [] : sorted.map((row) => ({ ...row, share: row.milliseconds / total }));
}

/** Where the time went; null without numbers. */
export function timesSection(report: Report, onFollow: (layerId: string) => void): HTMLElement | null {
  const rows = slowest(report);
  const [longest] = rows;
  if (!longest) return null;
  const total = t("{0} in all on {1}; the slowest layers:", formatTime(totalTime(report)), report.probe.engine);
  const items = rows.map(({ id, milliseconds, share }) => {
    const link = element("button", { class: "ls-link", type: "button" }, id);
    link.addEventListener("click", () => onFollow(id));
    const bar = element("span", { class: "ls-time-bar", "aria-hidden": "true" });
    bar.style.width = `${(milliseconds / longest.milliseconds) * 100}%`;
    return element(
      "li",
      {},
      link,
      element("span", { class: "ls-time-track" }, bar),
      element("span", { class: "ls-time" }, `${formatTime(milliseconds)} · ${formatShare(share)}`),
    );
  });
  return element(
    "section",
    { class: "ls-answer" },
    element("h3", {}, t("Where did the time go?")),
    element("p", {}, total),
    element("ol", { class: "ls-times" }, ...items),
  );
}
