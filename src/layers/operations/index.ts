import type { JsonObject } from "../../model";
import { type OperationRow, OperationRunner } from "../operation";
import type { Runner } from "../row";
import { ELEMENTWISE } from "./elementwise";

const OPERATIONS: { [name: string]: OperationRow } = { ...ELEMENTWISE };

/** Other names of the same functions: TensorFlow's, Python's operators, and Keras 3's classes where lower case does not lead there. */
const ALIASES: { [name: string]: string } = {
  sub: "subtract",
  mul: "multiply",
  div: "truediv",
  divide: "truediv",
  true_divide: "truediv",
  floor_divide: "floordiv",
  power: "pow",
  neg: "negative",
  absolute: "abs",
};

/** A layer that Keras 2 makes of a call of TensorFlow: `TFOpLambda`, whose config names the function (`math.truediv`). */
export function lambdaRunner(config: JsonObject): Runner | null {
  const name = config["function"];
  if (typeof name !== "string") return null;
  return operationRunner(
    name
      .replace(/^(compat\.v[12]\.)?/, "")
      .split(".")
      .at(-1) as string,
  );
}

/** An operation of Keras 3 by its class (`TrueDivide`). */
export function keras3Operation(className: string, config: JsonObject): Runner | null {
  void config;
  return operationRunner(className.replace(/(?<=[a-z0-9])([A-Z])/g, "_$1").toLowerCase());
}

function operationRunner(name: string): Runner | null {
  const plain = name.replace(/^r(?=(truediv|floordiv|sub|pow|mod)$)/, "");
  const key = Object.hasOwn(ALIASES, plain) ? (ALIASES[plain] as string) : plain;
  const row = Object.hasOwn(OPERATIONS, key) ? OPERATIONS[key] : undefined;
  return row ? new OperationRunner(row) : null;
}
