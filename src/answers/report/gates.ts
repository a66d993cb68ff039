import { type GateName, type Report, said } from "../../model";

/** What a gate said, in the person's language; one that the report does not have is open and says nothing. */
export function gateOf(report: Report, name: GateName): { open: boolean; message: string | null } {
  const { open = true, message = null } = report.gates.find(({ gate }) => gate === name) ?? {};
  return { open, message: message && reason(message) };
}

/** Why something failed, in the person's language, to stand within a sentence: TensorFlow's own messages end in a full stop. */
export const reason = (message: string): string => said(message).replace(/\.+$/, "");
