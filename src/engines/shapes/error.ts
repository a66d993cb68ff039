/** Tensors that a kernel cannot take: a window that does not fit, operands that do not broadcast. The message is words with the numbers. */
export class ShapeError extends Error {
  override readonly name = "ShapeError";
}

/** Runs a helper of tfjs whose plain errors mean that shapes do not fit. @throws ShapeError with the helper's words. */
export function inShapeWords<T>(check: () => T): T {
  try {
    return check();
  } catch (error) {
    throw error instanceof ShapeError ? error : new ShapeError(error instanceof Error ? error.message : String(error));
  }
}
