import { t } from "@vscode/l10n";
import { window } from "vscode";
import type { Question, Wish } from "../../model";
import { refName } from "../model-ref";
import type { Parts } from "../parts";
import { reportInFront, viewOf } from "./graph";
import { pickModel } from "./pick-model";

/** `Layerscope: Ask about this Model…`: which question; its answer is shown beside the graph. */
export async function askQuestion(parts: Parts): Promise<void> {
  const shown = reportInFront(parts);
  if (!shown) return;
  const question = await pickQuestion(shown.state.reply.questions, shown.state.model.name);
  const wish = question && (await wishFor(question, parts));
  if (question && wish) viewOf(parts, shown.inspection).showQuestion(question.id, wish);
}

async function pickQuestion(questions: readonly Question[], name: string): Promise<Question | undefined> {
  const items = questions.map((question) => ({ label: question.title, question }));
  const item = await window.showQuickPick(items, { title: `Layerscope: ${t("ask about {0}", name)}` });
  return item?.question;
}

/** What a question needs besides the model in front; null where a person goes away. */
async function wishFor({ id }: Question, { context }: Parts): Promise<Wish | null> {
  if (id !== "other") return {};
  const ref = await pickModel(context, t("The model to compare with"));
  return ref ? { other: refName(ref) } : null;
}
