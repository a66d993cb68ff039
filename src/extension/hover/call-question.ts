import { t } from "@vscode/l10n";
import { type PythonValue, UNREAD } from "../../model/python";
import type { KerasCall } from "./keras-call";

/** What a call asks of the zoo: which model, which tensor, and what of the call could not be taken into account. */
export interface CallQuestion {
  spec: string;
  includeTop: boolean;
  /** `none`: the model is built for whatever shape is declared. `file`: somebody's own weights. */
  weights: "imagenet" | "none" | "file";
  /** `input_shape` without batch; null where the call leaves it to the default. */
  inputShape: number[] | null;
  /** `classes`, where it is not ImageNet's 1000. */
  classes: number | null;
  /** Sentences about arguments that are not in the answer. */
  reservations: string[];
}

/** Arguments that change the model in ways the zoo has no configs for, and the values that do not. */
const DEFAULTS: { [argument: string]: PythonValue } = { alpha: 1, depth_multiplier: 1, minimalistic: false, include_preprocessing: true };

/** A call as a question, or null where the call is none (arguments of types that Keras would refuse). */
export function questionOf(call: KerasCall): CallQuestion {
  const reservations: string[] = [];
  const read = (name: string, assumed: string): PythonValue | undefined => {
    const value = call.args[name];
    if (value !== UNREAD) return value;
    reservations.push(t("`{0}` is computed elsewhere; {1} is assumed.", name, assumed));
    return undefined;
  };
  const includeTop = read("include_top", "True") !== false;
  const weights = read("weights", "'imagenet'");
  const pooling = read("pooling", "None");
  const classes = read("classes", "1000");
  const inputShape = sizesOf(read("input_shape", t("the default")));
  if (call.args["input_tensor"] != null) reservations.push(t("`{0}` is not taken into account.", "input_tensor"));
  if (call.args["*"] === UNREAD) reservations.push(t("Arguments passed with `*` are not taken into account."));
  for (const [name, value] of Object.entries(DEFAULTS)) {
    if (name in call.args && call.args[name] !== value) reservations.push(t("`{0}` is not taken into account.", name));
  }
  const options = [
    includeTop && "include_top=true",
    !includeTop && (pooling === "avg" || pooling === "max") && `pooling=${pooling}`,
    weights === null && "weights=none",
    call.isTfKeras && "keras=2",
  ].filter(Boolean);
  return {
    spec: options.length > 0 ? `${call.name}?${options.join("&")}` : call.name,
    includeTop,
    weights: weights === null ? "none" : weights === undefined || weights === "imagenet" ? "imagenet" : "file",
    inputShape,
    classes: includeTop && typeof classes === "number" && classes !== 1000 ? classes : null,
    reservations,
  };
}

/** Three whole numbers, or null: `(None, None, 3)` leaves the size open. */
function sizesOf(value: PythonValue | undefined): number[] | null {
  if (!Array.isArray(value)) return null;
  const sizes = value.filter((size): size is number => typeof size === "number" && Number.isInteger(size) && size > 0);
  return sizes.length === value.length && sizes.length > 0 ? sizes : null;
}
