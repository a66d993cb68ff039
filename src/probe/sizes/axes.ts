import type { SizeAxis, VariedInput } from "../../model";
import { tensorDtype } from "../declared-input";
import { operationReport } from "../operation-report";
import { allLayers, type PreparedInput, type PreparedModel } from "../prepared";

/** Inputs whose sizes are varied together, and where in their shapes those are. */
export interface Varied extends VariedInput {
  /** Of each of `axes` its place in the shape. */
  places: number[];
  channelsPlace: number | null;
}

/** What the axes of sizes are called, by their number. */
const AXES: { readonly [count: number]: SizeAxis[] } = { 1: ["length"], 2: ["height", "width"], 3: ["depth", "height", "width"] };

/**
 * The first input that is an image, else a volume, a sequence or a row of tokens, with those of the same declared sizes. Null where no
 * input has a size to vary: a vector of numbers has a fixed count of them.
 */
export function variedInput(prepared: PreparedModel): Varied | null {
  const isFirst = isChannelsFirst(prepared);
  const candidates = prepared.inputs.map((input) => candidate(input, isFirst)).filter((each) => each !== null);
  const found = [2, 3, 1].map((count) => candidates.find(({ places }) => places.length === count)).find(Boolean);
  if (!found) return null;
  const sizes = ({ declared, places }: Varied) => String(places.map((place) => declared[place]));
  const others = candidates.filter(
    (each) => each !== found && sizes(each) === sizes(found) && String(each.places) === String(found.places),
  );
  return { ...found, together: others.map(({ name }) => name) };
}

/** Whether the first layer that says how its tensors lie says that channels come first. */
function isChannelsFirst({ network }: PreparedModel): boolean {
  const format = allLayers(network)
    .map(
      ({ layer: { config, operation } }) => config["data_format"] ?? (operation && operationReport(operation).attributes?.["data_format"]),
    )
    .find((said) => typeof said === "string");
  return format === "channels_first" || (typeof format === "string" && /^NCD?HW$/.test(format));
}

function candidate({ name, declared, dtype }: PreparedInput, isFirst: boolean): Varied | null {
  const rank = declared.length;
  const isTokens = rank === 2 && tensorDtype(dtype) === "int32";
  const count = isTokens ? 1 : rank - 2;
  const axes = AXES[count];
  if (!axes) return null;
  const first = isFirst && !isTokens ? 2 : 1;
  const places = axes.map((_, index) => first + index);
  return { name, declared, axes, together: [], places, channelsPlace: isTokens ? null : isFirst ? 1 : rank - 1 };
}
