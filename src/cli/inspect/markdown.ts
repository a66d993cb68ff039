import { t } from "@vscode/l10n";
import type { ProbeReply } from "../../helper/protocol";
import { answersMarkdown, codeMarkdown, escapedMarkdown } from "../../model";
import { countedNoun, grouped } from "../text";
import type { Row } from "./rows";
import { scopeRows } from "./scopes";

/** A probe's reply as GitHub's Markdown: the headline, the answers, and the table folded away. */
export function markdownText({ report, headline, answers }: ProbeReply): string {
  const heads = [t("Layer"), t("Class"), t("Declared"), t("Output"), t("Parameters")];
  const blocks = [
    ...answersMarkdown(report, headline, answers),
    `<details><summary>${countedNoun(report.model.layers, report.model.format)}</summary>`,
    [`| ${heads.join(" | ")} | |`, "| --- | --- | --- | --- | ---: | --- |", ...scopeRows(report).map(rowText)].join("\n"),
    "</details>",
  ];
  return `${blocks.join("\n\n")}\n`;
}

function rowText(row: Row): string {
  const name = `${"&nbsp;&nbsp;".repeat(row.depth)}${codeMarkdown(row.name)}`;
  const status = row.status === "ok" ? [] : [row.status];
  const notes = [...status, ...row.notes.map((note) => note.text)].map(escapedMarkdown).join("; ");
  return `| ${name} | ${escapedMarkdown(row.className)} | ${row.declared} | ${row.output} | ${grouped(row.parameters)} | ${notes} |`;
}
