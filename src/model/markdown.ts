import { t } from "@vscode/l10n";
import type { Answer, AnswerTable, Headline, Way } from "./answer";
import { printable } from "./printable";
import type { Report } from "./report";

/** What was asked and what happened, as paragraphs of GitHub's Markdown: title, probe, headline, answers. */
export function answersMarkdown(report: Report, headline: Headline, answers: readonly Answer[]): string[] {
  const probe = Object.entries(report.probe.inputs).map(([name, shape]) => `${codeMarkdown(name)} ${shape.join("×")}`);
  const { name, producer } = report.model;
  return [
    `## ${escapedMarkdown(name)}`,
    [
      t("Probe: {0} · mode {1} · engine {2}", probe.join(", "), report.probe.mode, report.probe.engine),
      producer && escapedMarkdown(producer),
    ]
      .filter(Boolean)
      .join(" · "),
    `**${escapedMarkdown(headline.text)}**`,
    ...answers.flatMap(answerBlocks),
  ];
}

function answerBlocks({ title, text, table, ways = [] }: Answer): string[] {
  return [`### ${escapedMarkdown(title)}`, ...text.map(escapedMarkdown), ...(table ? [tableText(table)] : []), ...ways.flatMap(wayBlocks)];
}

function tableText({ head, numbers, rows }: AnswerTable): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escapedMarkdown).join(" | ")} |`;
  const rule = `| ${head.map((_, column) => (numbers.includes(column) ? "---:" : "---")).join(" | ")} |`;
  return [line(head), rule, ...rows.map(({ cells }) => line(cells))].join("\n");
}

function wayBlocks({ title, text, code }: Way): string[] {
  const name = `**${escapedMarkdown(title)}**`;
  const words = text ? t("{0}: {1}", name, escapedMarkdown(text)) : name;
  return [words, ...(code === null ? [] : [`\`\`\`python\n${code.replaceAll("```", "` ` `")}\n\`\`\``])];
}

/** Text that is only text: a hostile layer's name makes no link, no tag and no cell. */
export function escapedMarkdown(text: string): string {
  return printable(text).replace(/[\\`*_{}[\]<>#|~@]/g, "\\$&");
}

export const codeMarkdown = (text: string): string => `\`${printable(text).replace(/[`|]/g, "'")}\``;
