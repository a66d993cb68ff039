/** Tensors that a kernel cannot take: a window that does not fit, operands that do not broadcast. The message is words with the numbers. */
export class ShapeError extends Error {
  override readonly name = "ShapeError";
}

/** The shape of what comes out depends on numbers that nobody has here: neither right nor wrong, but unknown. */
export class UnknownNumbers extends ShapeError {}

/** The error of a kernel or helper of tfjs, whose plain errors mean that shapes or indices do not fit. */
export function asShapeError(error: unknown): ShapeError {
  return error instanceof ShapeError ? error : new ShapeError(error instanceof Error ? error.message : String(error));
}

/** Runs a helper of tfjs. @throws ShapeError with the helper's words. */
export function inShapeWords<T>(check: () => T): T {
  try {
    return check();
  } catch (error) {
    throw asShapeError(error);
  }
}
