import { t } from "@vscode/l10n";
import type { OperandRole } from "../../src/model";

/** What an operation does to its operands: a word for people, and a sign where mathematics has one. */
const OPERATIONS: Record<string, { word(): string; sign?: string }> = {
  Sub: { word: () => t("subtract"), sign: "−" },
  Add: { word: () => t("add"), sign: "+" },
  AddV2: { word: () => t("add"), sign: "+" },
  BiasAdd: { word: () => t("add bias"), sign: "+" },
  Mul: { word: () => t("multiply"), sign: "×" },
  Multiply: { word: () => t("multiply"), sign: "×" },
  RealDiv: { word: () => t("divide"), sign: "÷" },
  Div: { word: () => t("divide"), sign: "÷" },
  Maximum: { word: () => t("larger of"), sign: "max" },
  Minimum: { word: () => t("smaller of"), sign: "min" },
  Pow: { word: () => t("power"), sign: "^" },
  FusedBatchNorm: { word: () => t("normalize") },
};

/** `subtract` for `Sub`; an operation without a word of its own keeps its name. */
export const wordOf = (operation: string) => OPERATIONS[operation]?.word() ?? operation;
export const signOf = (operation: string) => OPERATIONS[operation]?.sign;

/** Where an operand comes from. */
export const roleWord = (role: OperandRole): string => ROLES[role]();

const ROLES: Record<OperandRole, () => string> = {
  activation: () => t("activation"),
  weight: () => t("weight"),
  constant: () => t("constant"),
};

/** Weights that are not used as they are: in Keras, `Normalization` divides by the root of its variance, and batch normalization multiplies by the reciprocal. */
const COMPUTED: { name: string; operations: string[]; text: string }[] = [
  { name: "variance", operations: ["RealDiv", "Div", "Mul"], text: "√variance" },
  { name: "moving_variance", operations: ["Mul"], text: "1/√moving_variance" },
];

/** The name of an operand, as what its values are: `√variance` where the root of the weight is what divides. */
export function operandName(name: string, operation: string): string {
  return COMPUTED.find((row) => row.name === name && row.operations.includes(operation))?.text ?? name;
}
