import type { GateName, Report } from "../model";

/** What a gate said; one that the report does not have is open and says nothing. */
export function gateOf(report: Report, name: GateName): { open: boolean; message: string | null } {
  return report.gates.find(({ gate }) => gate === name) ?? { open: true, message: null };
}
