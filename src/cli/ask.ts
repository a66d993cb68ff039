import { t } from "@vscode/l10n";
import type { ProbeReply } from "../helper/protocol";
import { type Answer, type AskedProbe, nearest, type Question, UserError, type Wish } from "../model";
import type { Call } from "./commands";
import { EXIT, type ExitStatus } from "./exit";
import { parseInput } from "./input";
import { type Held, hold } from "./inspect/held";
import { modelSource } from "./model-source";
import { numberOf, probesOf } from "./probes";
import { answerLines, columns } from "./prose";
import type { Paper } from "./style";
import type { Terminal } from "./terminal";
import { printable } from "./text";

/** Answers a question about a model and a probe; without one, lists those that there are. */
export async function ask(call: Call, terminal: Terminal): Promise<ExitStatus> {
  const wish = wishOf(call);
  const other = call.values["with"] === undefined ? null : modelSource(String(call.values["with"]));
  const held = await hold(modelSource(call.model));
  try {
    const [probe] = probesOf(call, held.opened.inputs);
    if (!probe) throw new UserError("There is nothing to send through the model; give an --input.");
    const reply = await held.probe(probe);
    const status = reply.report.failure ? EXIT.refused : EXIT.passed;
    if (call.second === undefined) {
      if (call.values["json"]) terminal.printJson({ questions: reply.questions });
      else terminal.print(questionLines(reply.questions, call, terminal.paper));
      return status;
    }
    const { id } = questionNamed(call.second, reply.questions);
    if (id === "other" && !other) throw new UserError("ask … other needs the model to compare with: --with MODEL.");
    const answers = await held.ask(probe, id, wish, other);
    if (call.values["json"]) terminal.printJson({ question: id, answers });
    else terminal.print(answers.flatMap((answer, index) => [...(index > 0 ? [""] : []), ...answerLines(answer, terminal.paper)]));
    return status;
  } finally {
    held.dispose();
  }
}

function wishOf(call: Call): Wish {
  const classes = numberOf(call, "classes");
  const { size } = call.values;
  const parsed = size === undefined ? null : parseInput(String(size));
  if (parsed && "byName" in parsed) throw new UserError(`--size ${size}: give a size without a name, like 208x104.`);
  return { ...(classes === undefined ? {} : { classes }), ...(parsed ? { size: parsed.shape } : {}) };
}

function questionNamed(name: string, questions: readonly Question[]): Question {
  const ids = questions.map(({ id }) => id);
  const found = questions.find(({ id }) => id === name);
  if (found) return found;
  const near = nearest(name, ids);
  throw new UserError(`There is no question ${name} here; ${near ? `did you mean ${near}?` : `ask ${ids.join(", ")}.`}`);
}

/** What belongs to a reply besides what it says by itself: the answers to its urgent questions. */
export async function urgentAnswers(held: Pick<Held, "ask">, probe: AskedProbe, { questions }: ProbeReply): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const { id, isUrgent } of questions) if (isUrgent) answers.push(...(await held.ask(probe, id, {}, null)));
  return answers;
}

/** Questions with the command that answers each. */
export function questionLines(questions: readonly Question[], { model, values }: Call, paper: Paper): string[] {
  const input = [values["input"] ?? []].flat().map((text) => ` --input ${text}`);
  const rest = input.length === 1 ? input[0] : "";
  const commands = questions.map(({ id, title }) => [
    `  ${printable(title)}`,
    paper.palette.code(printable(`layerscope ask ${inShell(model)} ${id}${rest}${id === "other" ? " --with MODEL" : ""}`)),
  ]);
  return [paper.palette.title(t("Ask further")), ...columns(commands, new Set())];
}

/** As a shell reads it back. */
const inShell = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
