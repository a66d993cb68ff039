export { explainImagenet, type PretrainedAndNot } from "./explain";
