import { t } from "@vscode/l10n";
import type { Answer, ConstructorCall, Report, Way, ZooFacts } from "../../model";
import { type CodeBase, importLine } from "../code/base";
import { withoutBatch } from "../words";
import { callText } from "./calls";
import { explainGates, type SizeCalls } from "./gates";
import { callTable, isTaken, type TriedCall } from "./table";
import { explainToldSize } from "./told-size";
import { refusalWords } from "./words";

/** What was tried of a Keras Application's function, for a probe. */
export interface TriedArguments {
  base: Pick<CodeBase, "zoo" | "kerasMajor">;
  zoo: ZooFacts;
  /** The probe, sent into the model as it is. */
  fed: Report;
  /** All calls; the model's own, with the probe's size as its `input_shape`, is the first. */
  tried: readonly TriedCall[];
  /** The two ways to give the probe's size to the function. */
  sizes: SizeCalls;
}

/** More would only repeat each other. */
const MOST_WAYS = 3;

/** Which calls of the function are refused, and why; what names a size and what looks at it; whether naming one changes the model. */
export function explainArguments(tried: TriedArguments): Answer[] {
  const { zoo, fed, sizes } = tried;
  // What is tried does not pool.
  const told = zoo.pooling === null ? sizes.shape.constructed : null;
  return [callsAnswer(tried), explainGates(zoo, fed, sizes), ...explainToldSize(fed, told)];
}

function callsAnswer({ base, zoo, fed, tried }: TriedArguments): Answer {
  const [own] = tried;
  const ways = waysOf(base, zoo, fed, tried);
  return {
    title: t("Which arguments may {0}() be called with?", zoo.architecture),
    text: [...(own ? [ownWords(zoo, own)] : []), t('Where a call does not name weights, they are "imagenet", as in Keras.')],
    table: callTable(tried),
    ...(ways.length > 0 ? { ways } : {}),
  };
}

function ownWords({ architecture }: ZooFacts, own: TriedCall): string {
  const call = `${architecture}(${callText(own.call)})`;
  if (own.refusal) return t("{0} is refused. {1}", call, refusalWords(own.refusal));
  return isTaken(own) ? t("{0} is taken.", call) : t("{0} is not refused, but fails.", call);
}

/** Calls that make a model for the probe's height and width, in Python. */
function waysOf(base: TriedArguments["base"], zoo: ZooFacts, fed: Report, tried: readonly TriedCall[]): Way[] {
  const [given = []] = Object.values(fed.probe.inputs);
  const sized = tried.filter((each) => {
    const size = each.call.inputShape ?? each.call.inputTensor;
    return isTaken(each) && each.constructed?.output && size?.[0] === given[1] && size?.[1] === given[2];
  });
  const wanted = sized.filter(({ call }) => {
    const channels = (call.inputShape ?? call.inputTensor)?.[2];
    return channels === given[3] || (channels === 3 && call.weights === "imagenet");
  });
  return wanted.slice(0, MOST_WAYS).map(({ call, constructed }): Way => {
    const size = call.inputShape ?? call.inputTensor ?? [];
    const { output, parameters } = constructed as NonNullable<TriedCall["constructed"]>;
    return {
      title: wayTitle(call, withoutBatch([1, ...(size as number[])])),
      code: [importLine(base), "", `model = keras.applications.${zoo.architecture}(${callText(call, true)})`].join("\n"),
      ...(output ? { gives: { output, parameters } } : {}),
    };
  });
}

function wayTitle({ includeTop, weights, inputTensor }: ConstructorCall, size: string): string {
  if (weights === null) return includeTop ? t("For {0}, with its top, untrained", size) : t("For {0}, without its top, untrained", size);
  if (inputTensor) return includeTop ? t("For {0}, with its top, as a tensor", size) : t("For {0}, without its top, as a tensor", size);
  return includeTop ? t("For {0}, with its top", size) : t("For {0}, without its top", size);
}
