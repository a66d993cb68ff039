import { t } from "@vscode/l10n";
import type { AnswerTable, Constructed, ConstructorCall, ConstructorRefusal } from "../../model";
import { callText, idleArgument } from "./calls";
import { constructedWords, refusalWords } from "./words";

/** A call, and what came of it. Both are null where it is taken and was not tried further. */
export interface TriedCall {
  call: ConstructorCall;
  refusal: ConstructorRefusal | null;
  constructed: Constructed | null;
}

/** Whether the function makes a model of it. */
export const isTaken = ({ refusal, constructed }: TriedCall): boolean => refusal === null && !constructed?.ended;

/** Each call with its answer and the reason. */
export function callTable(tried: readonly TriedCall[]): AnswerTable {
  const rows = tried.map((each) => ({ cells: [callText(each.call), verdict(each), why(each)] }));
  return { head: [t("Call"), t("Answer"), t("Why, or what it gives")], numbers: [], rows };
}

function verdict(tried: TriedCall): string {
  if (tried.refusal) return t("refused");
  if (tried.constructed?.ended) return t("fails");
  return idleArgument(tried.call) ? t("no effect") : t("taken");
}

function why({ call, refusal, constructed }: TriedCall): string {
  if (refusal) return refusalWords(refusal);
  if (constructed?.ended) return constructedWords(constructed);
  const idle = idleArgument(call);
  if (idle) return idle === "top" ? t("The top pools by itself.") : t("Classes and their activation are those of the top.");
  return takenWords(call, constructed);
}

function takenWords(call: ConstructorCall, constructed: Constructed | null): string {
  if (call.classes !== undefined) return t("All weights start at random.");
  if (call.classifierActivation === null) return t("Gives logits.");
  if (call.alpha !== undefined || call.minimalistic) return t("Other layers, and another file of weights.");
  return constructed ? constructedWords(constructed) : t("Height and width stay open.");
}
