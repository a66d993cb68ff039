import type { Report } from "../../model";
import type { CodeBase } from "../code/base";

/** What ways are sought for: what happened to a probe, and how Python gets hold of the model. */
export interface Subject {
  report: Report;
  base: CodeBase;
}

/** The one input of a model with what came to it, batch first. */
export interface OnlyInput {
  name: string;
  dtype: string;
  declared: (number | null)[];
  given: number[];
}

/** Null where a model reads several tensors: which of them is meant, nobody can tell. */
export function onlyInput({ model, probe }: Report): OnlyInput | null {
  const [input, ...others] = model.inputs;
  const given = input && probe.inputs[input.name];
  return input && given && others.length === 0 ? { ...input, given } : null;
}

/** Channels of the model's one input, where they come last and another number was given than is declared. */
export function otherChannels({ declared, given }: Pick<OnlyInput, "declared" | "given">): { declared: number; given: number } | null {
  const [wanted, came] = [declared.at(-1), given.at(-1)];
  const isImage = declared.length >= 3 && declared.length <= 5 && given.length === declared.length;
  return isImage && typeof wanted === "number" && came !== undefined && wanted !== came ? { declared: wanted, given: came } : null;
}

/** Sizes that are declared, where others were given; of lines, images and volumes whose channels come last. */
export function otherSize({ declared, given }: Pick<OnlyInput, "declared" | "given">): { declared: number[]; given: number[] } | null {
  const wanted = declared.slice(1, -1);
  const came = given.slice(1, -1);
  const isImage = declared.length === 4 && given.length === 4;
  const isFixed = (sizes: (number | null)[]): sizes is number[] => sizes.every((size) => size !== null);
  return isImage && isFixed(wanted) && String(wanted) !== String(came) ? { declared: wanted, given: came } : null;
}
