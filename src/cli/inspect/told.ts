import type { OpenedModel, ProbeReply } from "../../helper/protocol";
import { furtherQuestions, questionLines } from "../ask";
import type { Call } from "../commands";
import type { Paper } from "../style";
import { titleFacts } from "./facts";
import { summaryLines } from "./summary";

/** A reply as people are told it: the report, what it means, and, where it is the last one, what else may be asked. */
export function toldLines(reply: ProbeReply, opened: Omit<OpenedModel, "modelId">, call: Call, paper: Paper, isLast = true): string[] {
  const further = isLast ? furtherQuestions(reply) : [];
  return [
    ...summaryLines(reply, titleFacts(opened), paper, Boolean(call.values["all"])),
    ...(further.length > 0 ? ["", ...questionLines(further, call, paper)] : []),
  ];
}
