import type { Tensor } from "@tensorflow/tfjs-core";
import type { Bound, BoundCall } from "../layers";
import type { Argument, Call } from "../model";
import { isTensorArgument } from "./calls";

/** Puts tensors into the arguments of a call, in the order in which `tensorsOf` lists them. */
export function bindCall(call: Call | undefined, tensors: Tensor[]): BoundCall {
  if (!call) return { tensors, args: tensors, kwargs: {} };
  let next = 0;
  const fill = (argument: Argument): Bound => {
    if (typeof argument !== "object" || argument === null) return argument;
    if (isTensorArgument(argument)) return tensors[next++] as Tensor;
    if (Array.isArray(argument)) return argument.map(fill);
    return fillRecord(argument);
  };
  const fillRecord = (record: { [key: string]: Argument }): { [key: string]: Bound } => {
    const filled: { [key: string]: Bound } = {};
    for (const key of Object.keys(record).sort()) filled[key] = fill(record[key] as Argument);
    return filled;
  };
  return { tensors, args: call.args.map(fill), kwargs: fillRecord(call.kwargs) };
}
