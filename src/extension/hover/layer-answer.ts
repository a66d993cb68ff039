import { t } from "@vscode/l10n";
import { allows, type Broadcast, formatShape, type LayerReport, type Report, ROUTINE_KINDS, type Shape, said } from "../../model";
import { coded, escaped } from "./markdown";

/** The layer that a name means: by its whole id, else by the last part of it; null where there is none. */
export function layerNamed(report: Report, name: string): LayerReport | null {
  return report.layers.find((layer) => layer.id === name) ?? report.layers.find((layer) => layer.id.endsWith(`/${name}`)) ?? null;
}

/** What a report says of one layer, in Markdown: shapes, parameters, and what happened there. */
export function layerAnswer(report: Report, layer: LayerReport): string {
  const lines = [
    `**${escaped(layer.id)}** · ${escaped(layer.className)}`,
    shapesOf(layer),
    layer.parameters > 0 ? `${t("{0} parameters", layer.parameters.toLocaleString("en"))}${weightsOf(layer)}` : "",
    ...report.broadcasts.filter((one) => one.layer === layer.id && !ROUTINE_KINDS.has(one.kind)).map(broadcastLine),
    layer.status === "failed" ? t("**fails**: {0}", escaped(said(layer.message ?? report.failure?.message ?? t("see the graph")))) : "",
    layer.status === "unreached" ? t("not reached by this probe") : "",
  ];
  const probe = Object.values(report.probe.inputs).map(perSample).join(", ");
  return [...lines.filter(Boolean), `*${t("{0} with {1}", escaped(report.model.name), escaped(probe))}*`].join("\n\n");
}

function shapesOf(layer: LayerReport): string {
  const inputs = layer.inputs.map((input) => (input.shape ? perSample(input.shape) : t("unknown")));
  const outputs = layer.output?.map(perSample);
  const into = inputs.length > 0 ? `${coded(inputs.join(", "))} → ` : "";
  const isAsDeclared = layer.output?.every((shape, index) => allows(layer.declared?.[index], shape));
  const declared = isAsDeclared ? undefined : layer.declared?.map(perSample).join(", ");
  const declaredNote = declared ? ` (${t("declared {0}", coded(declared))})` : "";
  const departure = layer.departs ? `: **${t("Keras declares another shape than it gives")}**` : "";
  return `${into}${outputs ? coded(outputs.join(", ")) : t("unknown")}${declaredNote}${departure}`;
}

/** As the graph writes shapes: a batch of one, or one left open, goes without saying. */
function perSample(shape: Shape): string {
  const [batch, ...rest] = shape;
  return formatShape(rest.length > 0 && (batch === 1 || batch === null) ? rest : shape);
}

function weightsOf(layer: LayerReport): string {
  if (layer.weights.length === 0) return "";
  return ` (${layer.weights.map((weight) => `${escaped(weight.name)} ${coded(formatShape(weight.shape))}`).join(", ")})`;
}

function broadcastLine(broadcast: Broadcast): string {
  const operands = broadcast.operands.map((operand) => coded(formatShape(operand.shape)));
  const [first = "", ...others] = operands;
  return t(
    "**broadcast** in {0}: {1} with {2} gives {3}",
    coded(broadcast.operation),
    first,
    others.join(", "),
    coded(formatShape(broadcast.output)),
  );
}
