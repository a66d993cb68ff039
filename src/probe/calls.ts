import { type Argument, type Call, isObject, type TensorArgument, type TensorRef } from "../model";

/** Whether an argument is a tensor rather than a Python value. */
export function isTensorArgument(argument: Argument): argument is TensorArgument {
  if (typeof argument !== "object" || argument === null || Array.isArray(argument)) return false;
  const tensor = argument["tensor"];
  return isObject(tensor) && typeof tensor["layer"] === "string" && typeof tensor["call"] === "number";
}

/** Keyword arguments whose tensors tell which positions count, or how a layer runs: no tensor that it works on. */
const TELLS_HOW = /(^|_)mask$|^training$/;

/**
 * Which of the tensors of a call, counted as `tensorsOf` lists them, a layer works on; null where it is all of them.
 * Keras 3 writes the masks that it finds itself into the calls of the layers that ask for them.
 */
export function dataPlaces(call: Call): number[] | null {
  const names = Object.keys(call.kwargs);
  if (!names.some((name) => TELLS_HOW.test(name))) return null;
  const all = tensorsOf(call).length;
  let next = tensorsOf({ ...call, kwargs: {} }).length;
  const places = Array.from({ length: next }, (_, place) => place);
  for (const name of names.sort()) {
    const count = tensorsOf({ args: [call.kwargs[name] as Argument], kwargs: {} }).length;
    if (!TELLS_HOW.test(name)) places.push(...Array.from({ length: count }, (_, index) => next + index));
    next += count;
  }
  return places.length === all ? null : places;
}

/** Those of the tensors of a call that are at these places; all where `places` is null. */
export function atPlaces<T>(all: T[], places: number[] | null): T[] {
  return places ? places.map((place) => all[place] as T) : all;
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
