import { t } from "@vscode/l10n";
import { type Answer, type AnswerTable, familyOf, INPUT_GATE, type Report, ROUTINE_KINDS, said, type ZooFacts } from "../../model";
import { stretchedActivation, withoutBatch } from "../words";
import { callText } from "./calls";
import { isTaken, type TriedCall } from "./table";
import { constructedWords, refusalWords } from "./words";

/** The two ways to name a size when the model is made. */
export interface SizeCalls {
  shape: TriedCall;
  tensor: TriedCall;
}

/** The difference between `input_shape`, `input_tensor` and feeding a tensor to the model that there is, for the probe's size. */
export function explainGates(zoo: ZooFacts, fed: Report, { shape, tensor }: SizeCalls): Answer {
  const [given = []] = Object.values(fed.probe.inputs);
  const name = `${zoo.architecture}()`;
  const looksAtTensors = familyOf(zoo.architecture).looksAt === "size";
  const table: AnswerTable = {
    head: [t("Size given as"), t("What looks at it"), t("What happens")],
    numbers: [],
    rows: [
      { cells: [callText({ ...shape.call }), t("the function’s rules, then layers and weights"), happening(shape)] },
      {
        cells: [
          callText({ ...tensor.call }),
          looksAtTensors ? t("the function’s rule for sizes, then layers and weights") : t("layers and weights only"),
          happening(tensor),
        ],
      },
      { cells: [`model(${withoutBatch(given)})`, t("the input check of the model that there is, then its layers"), feeding(fed)] },
    ],
  };
  return {
    title: t("What is the difference between input_shape, input_tensor and feeding?"),
    text: [
      t(
        "With input_shape or input_tensor {0} makes a model for that size. Feeding sends a tensor into a model that is made already.",
        name,
      ),
      ...(differ(shape, tensor) ? [t("The rules of {0} look at input_shape; what comes as a tensor passes them by.", name)] : []),
    ],
    table,
  };
}

const differ = (shape: TriedCall, tensor: TriedCall): boolean => shape.refusal !== null && tensor.refusal === null;

function happening(tried: TriedCall): string {
  if (tried.refusal) return t("Refused. {0}", refusalWords(tried.refusal));
  return tried.constructed ? constructedWords(tried.constructed) : isTaken(tried) ? t("Taken.") : "";
}

function feeding({ failure, outputs, broadcasts }: Report): string {
  if (failure?.layer === INPUT_GATE) return t("Refused. {0}.", said(failure.message));
  if (failure) return t("The check passes it, and {0} cannot run: {1}.", failure.layer, said(failure.message));
  const [output] = outputs;
  if (!output) return "";
  const stretching = broadcasts.find((each) => !ROUTINE_KINDS.has(each.kind) && stretchedActivation(each));
  return stretching
    ? t("Gives {0}, stretched at {1}.", withoutBatch(output.shape), stretching.layer)
    : t("Gives {0}.", withoutBatch(output.shape));
}
