import type { Tensor } from "@tensorflow/tfjs-core";
import type { BoundCall, DeclaredCall, DeclaredTensor } from "../layers";
import type { Argument, Call } from "../model";
import { isTensorArgument } from "./calls";
import type { Node } from "./order";

type Filled<T> = null | boolean | number | string | T | Filled<T>[] | { [key: string]: Filled<T> };

/** Puts `tensors` into the places of the arguments of a call, in the order in which `tensorsOf` lists them. */
function fill<T>(call: Call, tensors: readonly T[]): { args: Filled<T>[]; kwargs: { [name: string]: Filled<T> } } {
  let next = 0;
  const fillOne = (argument: Argument): Filled<T> => {
    if (typeof argument !== "object" || argument === null) return argument;
    if (isTensorArgument(argument)) return tensors[next++] as T;
    return Array.isArray(argument) ? argument.map(fillOne) : fillRecord(argument);
  };
  const fillRecord = (record: { [key: string]: Argument }): { [key: string]: Filled<T> } => {
    const filled: { [key: string]: Filled<T> } = {};
    for (const key of Object.keys(record).sort()) filled[key] = fillOne(record[key] as Argument);
    return filled;
  };
  const args = call.args.map(fillOne);
  return { args, kwargs: fillRecord(call.kwargs) };
}

const callOf = ({ layer, call }: Node): Call => layer.calls[call] ?? { args: [], kwargs: {} };

/** The call of a node with its tensors in place; `data`: those of them that it works on. */
export function boundCall(node: Node, tensors: Tensor[], data: Tensor[]): BoundCall {
  const { args, kwargs } = callOf(node);
  // Nearly every call is one tensor by its place.
  const [only] = args;
  if (args.length === 1 && only !== undefined && isTensorArgument(only) && isEmpty(kwargs)) return { tensors, args: tensors, kwargs: {} };
  return { tensors: data, ...fill(callOf(node), tensors) } as BoundCall;
}

/** The call of a node with declared tensors in place; null stands for a mask that nobody knows. */
export function declaredCall(node: Node, tensors: readonly (DeclaredTensor | null)[]): DeclaredCall {
  return fill(callOf(node), tensors) as DeclaredCall;
}

function isEmpty(record: object): boolean {
  for (const _ in record) return false;
  return true;
}
