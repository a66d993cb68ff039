import { t } from "@vscode/l10n";
import type { ProbeReply } from "../helper/protocol";
import { type Answer, type AskedProbe, nearest, type Question, UserError, type Wish } from "../model";
import type { Call } from "./commands";
import { EXIT, type ExitStatus } from "./exit";
import { parseInput } from "./input";
import { type Held, hold } from "./inspect/held";
import { modelSource } from "./model-source";
import { numberOf, probesOf } from "./probes";
import { answerLines, CODES_TOLD, columns } from "./prose";
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
      if (call.values["json"]) terminal.printJson({ questions: questionsOf(reply) });
      else terminal.print(questionLines(questionsOf(reply), call, terminal.paper));
      return status;
    }
    const { id } = questionNamed(call.second, reply);
    if (id === "other" && !other) throw new UserError("ask … other needs the model to compare with: --with MODEL.");
    const answers = id === WHY ? await answersUnasked(held, probe, reply) : await held.ask(probe, id, wish, other);
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

/** What is told unasked; asked for, it comes with all its code. */
const WHY = "why";
type Askable = Omit<Question, "id"> & { id: Question["id"] | typeof WHY };

function questionsOf({ answers, questions }: ProbeReply): Askable[] {
  const [first] = answers;
  return [...(first ? [{ id: WHY, title: first.title, isUrgent: true } as const] : []), ...questions];
}

function questionNamed(name: string, reply: ProbeReply): Askable {
  const questions = questionsOf(reply);
  const ids = questions.map(({ id }) => id);
  const found = questions.find(({ id }) => id === name);
  if (found) return found;
  const near = nearest(name, ids);
  throw new UserError(`There is no question ${name} here; ${near ? `did you mean ${near}?` : `ask ${ids.join(", ")}.`}`);
}

/** What a person is told unasked: what a reply says by itself, and the answers to its urgent questions. */
export async function answersUnasked(
  held: Pick<Held, "ask">,
  probe: AskedProbe,
  { answers: own, questions }: ProbeReply,
): Promise<Answer[]> {
  const answers = [...own];
  for (const { id, isUrgent } of questions) if (isUrgent) answers.push(...(await held.ask(probe, id, {}, null)));
  return answers;
}

/** What is left to ask of a reply when its answers have been told without the code of every way. */
export function furtherQuestions({ answers, questions }: Pick<ProbeReply, "answers" | "questions">): Askable[] {
  const hasMore = answers.some(({ ways = [] }) => ways.length > CODES_TOLD);
  const code: Askable[] = hasMore ? [{ id: WHY, title: t("What is the code of each way?"), isUrgent: false }] : [];
  return [...code, ...questions.filter(({ isUrgent }) => !isUrgent)];
}

/** Questions with the command that answers each. */
export function questionLines(questions: readonly Askable[], call: Call, paper: Paper): string[] {
  const rest = optionsIn(call);
  const commands = questions.map(({ id, title }) => [
    `  ${printable(title)}`,
    paper.palette.code(printable(`layerscope ask ${inShell(call.model)} ${id}${rest}${id === "other" ? " --with MODEL" : ""}`)),
  ]);
  return [paper.palette.title(t("Ask further")), ...columns(commands, new Set())];
}

/** What was typed of the options that say what is asked about. */
function optionsIn({ values }: Call): string {
  const given = PASSED_ON.map((option) => [option, [values[option] ?? []].flat()] as const).filter(([, texts]) => texts.length === 1);
  return given.map(([option, [text]]) => (text === true ? ` --${option}` : ` --${option} ${inShell(String(text))}`)).join("");
}
const PASSED_ON = ["input", "batch", "mode", "cut", "remove-top", "append"];

/** As a shell reads it back. */
const inShell = (text: string): string => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`);
