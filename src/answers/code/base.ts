import { editedLines } from "./edit";
import { type CodeBase, ownLines, outputOf as ownOutput } from "./own";

export { type CodeBase, importLine } from "./own";

/** Lines that load the model as `base`, with what was done to it; null where Keras cannot load it, or not do that. */
export const loadingLines = (base: CodeBase): string[] | null => (base.edited ? editedLines(base, base.edited) : ownLines(base));

/** How code gets at the one tensor that `base` gives, behind a call: `["output_0"]` of a loaded SavedModel; nothing behind models of Keras. */
export const outputOf = (base: CodeBase): string => (base.edited ? "" : ownOutput(base));
