import type { Signature } from "../../model";
import { FormatError, quoted } from "../format-error";
import type { SignatureDef } from "../graph-def/messages";

const DEFAULT = "serving_default";
/** Not to be asked for: they set variables up. */
const INTERNAL = /^__saved_model_/;

/** The signature that is asked for, else the one that is served, else the first. @throws FormatError where there is none, naming those that there are */
export function chosenSignature(signatures: ReadonlyMap<string, SignatureDef>, asked: string | undefined): string {
  const names = [...signatures.keys()].filter((name) => !INTERNAL.test(name));
  const chosen = asked ?? (names.includes(DEFAULT) ? DEFAULT : names[0]);
  if (chosen !== undefined && names.includes(chosen)) return chosen;
  if (chosen === undefined) throw new FormatError("it has no signature: save it with signatures, or choose another file");
  throw new FormatError(`it has no signature ${quoted(chosen)}: it has ${names.slice(0, 8).map(quoted).join(", ") || "none"}`);
}

export function listedSignatures(signatures: ReadonlyMap<string, SignatureDef>): Signature[] {
  return [...signatures]
    .filter(([name]) => !INTERNAL.test(name))
    .map(([name, { inputs, outputs }]) => ({ name, inputs: inputs.map(({ key }) => key), outputs: outputs.map(({ key }) => key) }));
}
