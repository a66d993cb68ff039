import type { ProbeReply } from "../../helper/protocol";
import { type AnswerTable, layerNoun, type Way } from "../../model";
import { grouped, printable } from "../text";
import type { Row } from "./rows";
import { scopeRows } from "./scopes";

/** A probe's reply as GitHub's Markdown: the headline, the answers, and the table folded away. */
export function markdownText(reply: ProbeReply): string {
  const { report, headline, answers } = reply;
  const probe = Object.entries(report.probe.inputs).map(([name, shape]) => `${code(name)} ${shape.join("×")}`);
  const told = answers.flatMap((answer) => [
    `### ${escaped(answer.title)}`,
    ...answer.text.map(escaped),
    ...(answer.table ? [tableText(answer.table)] : []),
    ...(answer.ways ?? []).flatMap(wayText),
  ]);
  const blocks = [
    `## ${escaped(report.model.name)}`,
    `Probe: ${probe.join(", ")} · mode ${report.probe.mode} · engine ${report.probe.engine}${report.model.producer ? ` · ${escaped(report.model.producer)}` : ""}`,
    `**${escaped(headline.text)}**`,
    ...told,
    `<details><summary>${grouped(report.model.layers)} ${layerNoun(report.model.format)}s</summary>`,
    [
      "| Layer | Class | Declared | Output | Parameters | |",
      "| --- | --- | --- | --- | ---: | --- |",
      ...scopeRows(report).map(rowText),
    ].join("\n"),
    "</details>",
  ];
  return `${blocks.join("\n\n")}\n`;
}

function tableText({ head, numbers, rows }: AnswerTable): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escaped).join(" | ")} |`;
  const rule = `| ${head.map((_, column) => (numbers.includes(column) ? "---:" : "---")).join(" | ")} |`;
  return [line(head), rule, ...rows.map(({ cells }) => line(cells))].join("\n");
}

function wayText({ title, text, code }: Way): string[] {
  const words = `**${escaped(title)}**${text ? `: ${escaped(text)}` : ""}`;
  return [words, ...(code === null ? [] : [`\`\`\`python\n${code.replaceAll("```", "` ` `")}\n\`\`\``])];
}

function rowText(row: Row): string {
  const name = `${"&nbsp;&nbsp;".repeat(row.depth)}${code(row.name)}`;
  const status = row.status === "ok" ? [] : [row.status];
  const notes = [...status, ...row.notes.map((note) => note.text)].map(escaped).join("; ");
  return `| ${name} | ${escaped(row.className)} | ${row.declared} | ${row.output} | ${grouped(row.parameters)} | ${notes} |`;
}

/** Text that is only text: a hostile layer's name makes no link, no tag and no cell. */
function escaped(text: string): string {
  return printable(text).replace(/[\\`*_{}[\]<>#|~@]/g, "\\$&");
}

const code = (text: string) => `\`${printable(text).replace(/[`|]/g, "'")}\``;
