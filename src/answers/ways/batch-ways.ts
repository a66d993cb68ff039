import { t } from "@vscode/l10n";
import type { Broadcast, BroadcastOperand, Way } from "../../model";
import { pythonLiteral } from "../code/python";

/** How Python writes an operation. */
const SIGNS: { readonly [operation: string]: string } = { Sub: "-", Add: "+", Mul: "*", RealDiv: "/" };

/** Where a tensor of one number for each sample met one that has them in a column, `(N,)` and `(N, 1)`: what makes a column of it. */
export function batchWays({ operation, operands }: Broadcast): Way[] {
  const sign = SIGNS[operation];
  const [first, second] = operands;
  if (!sign || !first || !second) return [];
  const [column, row] = first.shape.length > second.shape.length ? [first, second] : [second, first];
  if (!isRowOf(row, column)) return [];
  const [x, y] = [first, second].map((operand) => (operand === row ? "[:, None]" : ""));
  return [
    {
      title: t("Make a column of it"),
      text: t("With an axis of 1 at the end, each sample meets its own number."),
      code: [
        "import tensorflow as tf",
        "",
        `x = tf.zeros(${pythonLiteral(first.shape)})`,
        `y = tf.zeros(${pythonLiteral(second.shape)})`,
        `outputs = x${x} ${sign} y${y}`,
      ].join("\n"),
      gives: { output: column.shape },
    },
  ];
}

/** Whether a tensor has the batch along its one axis where the other has it in front of an axis of 1. */
export function isRowOf(row: BroadcastOperand, column: BroadcastOperand): boolean {
  return (
    row.shape.length === 1 && column.shape.length === 2 && column.shape[1] === 1 && column.shape[0] === row.shape[0] && row.shape[0] !== 1
  );
}
