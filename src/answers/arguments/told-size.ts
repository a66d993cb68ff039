import { t } from "@vscode/l10n";
import { type Answer, type Constructed, formatShape, type Report, sameShape } from "../../model";
import { withoutBatch } from "../words";

/**
 * Where the function computes paddings from the size that it is told: what comes out when it is told none, and when it is told the
 * probe's. Empty where that is the same, or nobody can compare them.
 */
export function explainToldSize(fed: Report, told: Constructed | null): Answer[] {
  const [given = []] = Object.values(fed.probe.inputs);
  const [input] = fed.model.inputs;
  const [output] = fed.outputs;
  const isOpen = input?.declared.slice(1, 3).every((size) => size === null);
  if (!isOpen || fed.failure || !output || !told?.output || sameShape(output.shape.slice(1), told.output.slice(1))) return [];
  const pads = fed.layers.filter(({ className }) => className === "ZeroPadding2D");
  const odd = pads.find(({ inputs }) => inputs[0]?.shape?.slice(1, 3).some((size) => size % 2 === 1));
  return [
    {
      title: t("Does it matter whether the size is named when the model is made?"),
      text: [
        t(
          "Yes: for {0} the model made without input_shape gives {1}, and the one made with input_shape=({2}) gives {3}. The same weights fit both.",
          withoutBatch(given),
          withoutBatch(output.shape),
          given.slice(1).join(", "),
          withoutBatch(told.output),
        ),
        ...(odd
          ? [
              t(
                "The function decides how its ZeroPadding2D layers pad from the size that it knows; of a size left open it assumes that it is even. Here {0} gets {1}: without the padding for odd sizes, half of them is rounded down, not up.",
                odd.id,
                formatShape(odd.inputs[0]?.shape?.slice(1, 3) ?? []),
              ),
            ]
          : []),
      ],
      ...(odd ? { layers: [odd.id] } : {}),
    },
  ];
}
