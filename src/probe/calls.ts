import { type Argument, type Call, isObject, type TensorArgument, type TensorRef } from "../model";

/** Whether an argument is a tensor rather than a Python value. */
export function isTensorArgument(argument: Argument): argument is TensorArgument {
  if (typeof argument !== "object" || argument === null || Array.isArray(argument)) return false;
  const tensor = argument["tensor"];
  return isObject(tensor) && typeof tensor["layer"] === "string" && typeof tensor["call"] === "number";
}

/**
 * The tensors among the arguments of a call, in the order in which Keras flattens them: positional ones first, then keyword
 * arguments; dicts by sorted key (tf.nest and optree alike). The running order depends on it.
 */
export function tensorsOf(call: Call): TensorRef[] {
  const found: TensorRef[] = [];
  const visit = (argument: Argument): void => {
    if (typeof argument !== "object" || argument === null) return;
    if (isTensorArgument(argument)) found.push(argument.tensor);
    else if (Array.isArray(argument)) argument.forEach(visit);
    else for (const key of Object.keys(argument).sort()) visit(argument[key] as Argument);
  };
  call.args.forEach(visit);
  visit(call.kwargs);
  return found;
}
