export { type Comparison, compareReports, sameOutputs } from "./compare";
export { explain } from "./explain";
export { explainComparison } from "./explain-compare";
export { answerHeads, explainHeads, type HeadDocument, type HeadRow, headDocument, headRows } from "./head";
export { headline } from "./headline";
export { questionsFor } from "./questions";
export { explainSizes } from "./sizes";
