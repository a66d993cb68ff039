import { t } from "@vscode/l10n";
import { window } from "vscode";
import type { OpenedModel } from "../../helper/protocol";
import { type AskedProbe, formatShape } from "../../model";
import { parseProbe, writeProbe } from "../probe-text";

/** Asks for the shape of the probe, checked while it is typed; the rest of `filled` is kept. `undefined`: the user went away. */
export async function askProbe(model: OpenedModel, filled: AskedProbe): Promise<AskedProbe | undefined> {
  const declared = model.inputs.map((input) => `${input.name} ${formatShape(input.declared.slice(1))}`).join(", ");
  const text = await window.showInputBox({
    title: `Layerscope: ${t("probe for {0}", model.name)}`,
    prompt: t("Shape of the tensor to send through it; the model declares {0}.", declared),
    value: writeProbe(filled.inputs),
    ignoreFocusOut: true,
    validateInput: (typed) => {
      const parsed = parseProbe(typed, model.inputs);
      return "reason" in parsed ? parsed.reason : undefined;
    },
  });
  const parsed = text === undefined ? null : parseProbe(text, model.inputs);
  return parsed && "inputs" in parsed ? { ...filled, inputs: parsed.inputs } : undefined;
}
