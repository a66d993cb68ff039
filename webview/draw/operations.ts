/** What an operation does to its operands: a word for people, and a sign where mathematics has one. */
const OPERATIONS: Record<string, { word: string; sign?: string }> = {
  Sub: { word: "subtract", sign: "−" },
  Add: { word: "add", sign: "+" },
  AddV2: { word: "add", sign: "+" },
  BiasAdd: { word: "add bias", sign: "+" },
  Mul: { word: "multiply", sign: "×" },
  Multiply: { word: "multiply", sign: "×" },
  RealDiv: { word: "divide", sign: "÷" },
  Div: { word: "divide", sign: "÷" },
  Maximum: { word: "larger of", sign: "max" },
  Minimum: { word: "smaller of", sign: "min" },
  Pow: { word: "power", sign: "^" },
  FusedBatchNorm: { word: "normalize" },
};

/** `subtract` for `Sub`; an operation without a word of its own keeps its name. */
export const wordOf = (operation: string) => OPERATIONS[operation]?.word ?? operation;
export const signOf = (operation: string) => OPERATIONS[operation]?.sign;

/** Weights that are not used as they are: in Keras, `Normalization` divides by the root of its variance, and batch normalization multiplies by the reciprocal. */
const COMPUTED: { name: string; operations: string[]; text: string }[] = [
  { name: "variance", operations: ["RealDiv", "Div", "Mul"], text: "√variance" },
  { name: "moving_variance", operations: ["Mul"], text: "1/√moving_variance" },
];

/** The name of an operand, as what its values are: `√variance` where the root of the weight is what divides. */
export function operandName(name: string, operation: string): string {
  return COMPUTED.find((row) => row.name === name && row.operations.includes(operation))?.text ?? name;
}
