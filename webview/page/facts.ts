import { type Broadcast, formatShape, type LayerReport, type Report, ROUTINE_KINDS } from "../../src/model";

/** A line of a tooltip or of the detail pane. */
export interface Fact {
  label: string;
  value: string;
  tone?: "broadcast" | "failed";
}

const shapes = (list: readonly (readonly (number | null)[] | null)[] | null) =>
  list === null || list.length === 0 ? "unknown" : list.map((shape) => (shape ? formatShape(shape) : "unknown")).join(", ");

/** What is known of a layer, shortest first: declared and actual shape, parameters, weights, broadcasts, message. */
export function layerFacts(row: LayerReport, report: Report): Fact[] {
  const broadcasts = report.broadcasts.filter((one) => one.layer === row.id);
  const facts: (Fact | null)[] = [
    { label: "declared", value: shapes(row.declared) },
    row.inputs.length > 0 ? { label: "input", value: shapes(row.inputs.map((input) => input.shape)) } : null,
    { label: "output", value: row.status === "unreached" ? "not reached" : shapes(row.output) },
    { label: "parameters", value: parametersOf(row) },
    ...broadcasts.map(
      (one): Fact => ({ label: one.operation, value: broadcastText(one), ...(isRoutine(one) ? {} : { tone: "broadcast" as const }) }),
    ),
    row.furtherCalls ? { label: "calls", value: String(row.furtherCalls.length + 1) } : null,
    row.message === undefined
      ? null
      : {
          label: row.status === "failed" ? "fails" : "note",
          value: row.message,
          ...(row.status === "failed" ? { tone: "failed" as const } : {}),
        },
  ];
  return facts.filter((fact) => fact !== null);
}

const isRoutine = ({ kind }: Broadcast) => ROUTINE_KINDS.has(kind);

function parametersOf(row: LayerReport): string {
  if (row.parameters === 0 && row.weights.length === 0) return "none";
  const count = row.parameters.toLocaleString("en-US");
  const weights = row.weights.map((weight) => `${weight.name} ${formatShape(weight.shape)}`).join(", ");
  return weights === "" ? count : `${count} (${weights})`;
}

/** `128×128×1 with mean 1×1×1×3 (0.485, 0.456, 0.406) → 128×128×3`. */
export function broadcastText({ operands, output }: Broadcast): string {
  const parts = operands.map(({ shape, name, role, values }) => {
    const known = values && values.length > 0 ? ` (${values.map(shortNumber).join(", ")})` : "";
    return `${name ?? role} ${formatShape(shape)}${known}`;
  });
  return `${parts.join(" with ")} → ${formatShape(output)}`;
}

/** At most four significant digits. */
export const shortNumber = (value: number) => String(Number(value.toPrecision(4)));
