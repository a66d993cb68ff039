import type { Argument, Call, TensorArgument, TensorRef } from "../../model";

function isTensor(argument: Argument): argument is TensorArgument {
  return typeof argument === "object" && argument !== null && !Array.isArray(argument) && isRef(argument["tensor"]);
}

function isRef(value: unknown): value is TensorRef {
  return typeof value === "object" && value !== null && "layer" in value && "call" in value && "output" in value;
}

/** The tensors among the arguments of a call, in the order of the arguments. The references are those of the call, not copies. */
export function tensorsOf(call: Call): TensorRef[] {
  const found: TensorRef[] = [];
  const visit = (argument: Argument): void => {
    if (typeof argument !== "object" || argument === null) return;
    if (isTensor(argument)) found.push(argument.tensor);
    else for (const part of Object.values(argument)) visit(part as Argument);
  };
  call.args.forEach(visit);
  Object.values(call.kwargs).forEach(visit);
  return found;
}
