import { ErrorCodes, ResponseError } from "vscode-jsonrpc/node";
import { UserError } from "../model";

/** How a request ended when it ended without an answer. `user`: the user can mend it. `evicted`: the helper no longer holds the model. */
export type FailureKind = "user" | "internal" | "cancelled" | "timeout" | "crashed" | "disposed" | "evicted";

/** A request that ended without an answer for a reason that is not the user's. The message is one sentence for people. */
export class HelperFailure extends Error {
  override readonly name = "HelperFailure";
  constructor(
    readonly kind: Exclude<FailureKind, "user">,
    message: string,
  ) {
    super(message);
  }
}

/** As the language server protocol numbers them, so that tracing tools understand; ours begin at -32001. */
const CODES: Record<FailureKind, number> = {
  user: -32001,
  internal: ErrorCodes.InternalError,
  cancelled: -32800,
  timeout: -32002,
  crashed: -32003,
  disposed: -32004,
  evicted: -32005,
};
const KINDS = new Map(Object.entries(CODES).map(([kind, code]) => [code, kind as FailureKind]));

/** What is thrown at one end as the other end will see it. */
export function errorToWire(error: unknown): ResponseError<void> {
  if (error instanceof ResponseError) return error;
  const kind = kindOf(error);
  const message = error instanceof Error ? error.message : String(error);
  return new ResponseError<void>(CODES[kind], kind === "internal" ? internalSentence(error, message) : message);
}

/** A failure that came over the wire, or a connection that ended, as the errors of this side. */
export function errorFromWire(error: unknown): UserError | HelperFailure {
  if (error instanceof UserError || error instanceof HelperFailure) return error;
  if (!(error instanceof ResponseError)) return new HelperFailure("crashed", "The connection to the helper process broke; try again.");
  const kind = KINDS.get(error.code);
  if (kind === "user") return new UserError(error.message);
  if (kind !== undefined) return new HelperFailure(kind, error.message);
  if (error.code === ErrorCodes.PendingResponseRejected || error.code === ErrorCodes.ConnectionInactive)
    return new HelperFailure("crashed", "The helper process ended before it answered; try again.");
  return new HelperFailure("internal", internalSentence(error, error.message));
}

/** Whether a request ended because nobody waits for it any more: nothing to show. */
export function isCancelled(error: unknown): boolean {
  return error instanceof HelperFailure && error.kind === "cancelled";
}

function kindOf(error: unknown): FailureKind {
  if (error instanceof UserError) return "user";
  if (error instanceof HelperFailure) return error.kind;
  if (error instanceof Error && error.name === "AbortError") return "cancelled";
  return "internal";
}

function internalSentence(error: unknown, message: string): string {
  const name = error instanceof Error && error.name !== "Error" && !(error instanceof ResponseError) ? `${error.name}: ` : "";
  const firstLine = message.split("\n", 1)[0] ?? "";
  return firstLine.startsWith(INTERNAL)
    ? firstLine
    : `${INTERNAL} (${name}${firstLine}); please report it with the model's name and the probe.`;
}
const INTERNAL = "Layerscope itself went wrong";
