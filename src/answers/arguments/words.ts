import { t } from "@vscode/l10n";
import { type Constructed, type ConstructorRefusal, type ConstructorRule, formatShape, said } from "../../model";
import { withoutBatch } from "../words";

/** Why a rule refuses; `wanted` as the rule has it. */
const REASONS: { readonly [rule in ConstructorRule]: (wanted: string) => string } = {
  "unknown argument": () => t("It has no such argument."),
  classes: (wanted) => t("The pretrained top has {0} classes.", wanted),
  "width of the tensor": (wanted) => t("The tensor is {0} wide, and the two have to agree.", wanted),
  "open sizes": () => t("With pretrained weights no size may be left open."),
  "default size": (wanted) =>
    wanted.includes(",")
      ? t("With its top and pretrained weights only these are allowed: {0}.", wanted)
      : t("With its top and pretrained weights only {0} is allowed.", wanted),
  channels: (wanted) => t("With pretrained weights the input has to have {0} channels.", wanted),
  minimum: (wanted) => t("It has to be at least {0}.", wanted),
  "open sizes with top": () => t("With its top no size may be left open."),
  "depth multiplier": () => t("There are pretrained weights for 1 only."),
  alpha: (wanted) => t("There are pretrained weights for these only: {0}.", wanted),
  activation: () => t("With its top and pretrained weights it may only be softmax, or None for logits."),
};

/** Why the function refuses a call. */
export const refusalWords = ({ rule, wanted }: ConstructorRefusal): string => REASONS[rule](wanted);

/** What a call that is taken comes to. */
export function constructedWords({ output, declared, ended }: Constructed): string {
  if (ended?.at === "layers")
    return t("With open sizes it has other layers than the file has weights for, {0} instead of {1}.", ended.built, ended.pretrained);
  if (ended?.at === "weights")
    return t(
      "The pretrained weights do not fit: {0} {1} is {2}, and would have to be {3}.",
      ended.layer,
      ended.weight,
      formatShape(ended.pretrained),
      formatShape(ended.needed),
    );
  if (ended?.at === "build") return t("At {0}: {1}.", ended.layer, said(ended.message));
  if (ended) return t("{0} cannot run: {1}.", ended.layer, said(ended.message));
  if (output) return t("Gives {0}.", withoutBatch(output));
  const size = declared.slice(1, 3);
  return size.every((side) => side === null) ? t("Height and width stay open.") : t("It is made for {0}.", formatShape(declared.slice(1)));
}
