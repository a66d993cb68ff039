import type { JsonObject } from "../../model";
import { OperationRunner } from "../operation";
import { type Runner, Unknown } from "../row";
import { functionName, rowOfClass, rowOfFunction } from "./table";
import { whyUnknownOperation } from "./unknown";

export { allRows, knownOperations, rowOfClass, rowOfFunction } from "./table";
export { UNKNOWABLE_OPERATIONS } from "./unknown";

/**
 * A layer that tf_keras makes of a call of TensorFlow: `TFOpLambda`, whose config names the function (`math.truediv`).
 * @throws Unknown with the reason for a function that has no row
 */
export function lambdaRunner(config: JsonObject): Runner {
  const name = String(config["function"]);
  const row = rowOfFunction(name);
  if (!row) throw new Unknown(whyUnknownOperation(name) ?? `TensorFlow's function ${name.slice(0, 60)} is not known`);
  return new OperationRunner(row, {});
}

/**
 * An operation of Keras 3 by its class (`TrueDivide`), with what its config holds of its arguments; null for one nobody knows.
 * @throws Unknown with the reason for one that nobody can know
 */
export function keras3Operation(className: string, config: JsonObject): Runner | null {
  const row = rowOfClass(className);
  if (row) return new OperationRunner(row, config);
  const why = whyUnknownOperation(functionName(className));
  if (why !== null) throw new Unknown(why);
  return null;
}

/** Whether there is a row for the operation of this class of Keras 3. */
export function isKnownOperation(className: string): boolean {
  return rowOfClass(className) !== undefined;
}
