import type { CancellationToken, MessageConnection } from "vscode-jsonrpc/node";
import { ParameterStructures } from "vscode-jsonrpc/node";
import { errorFromWire, errorToWire } from "./failure";

/** Any interface whose members are all methods; calls, replies and senders derive their types from it. */
export type Methods<Api> = { [M in keyof Api]: (...args: never[]) => unknown };
export type MethodName<Api> = keyof Api & string;

/** An interface as its caller sees it: each method answers later and can be cancelled. */
export type Remote<Api extends Methods<Api>> = {
  [M in keyof Api]: (...args: [...Parameters<Api[M]>, token?: CancellationToken]) => Promise<ReturnType<Api[M]>>;
};

/** An interface as the side that does the work writes it down: it is told when nobody waits any more. */
export type Local<Api extends Methods<Api>> = {
  [M in keyof Api]: (...args: [...Parameters<Api[M]>, token: CancellationToken]) => ReturnType<Api[M]> | Promise<ReturnType<Api[M]>>;
};

/** Asks the other side. Rejects with a UserError or a HelperFailure, never with anything else. */
export async function request<Api extends Methods<Api>, M extends MethodName<Api>>(
  connection: MessageConnection,
  method: M,
  args: Parameters<Api[M]>,
  token: CancellationToken,
): Promise<ReturnType<Api[M]>> {
  try {
    return await connection.sendRequest<ReturnType<Api[M]>>(method, ParameterStructures.byPosition, ...args, token);
  } catch (error) {
    throw errorFromWire(error);
  }
}

/** Tells the other side something that needs no answer. */
export async function notify<Api extends Methods<Api>, M extends MethodName<Api>>(
  connection: MessageConnection,
  method: M,
  args: Parameters<Api[M]>,
): Promise<void> {
  await connection.sendNotification(method, ParameterStructures.byPosition, ...args);
}

/** Answers the other side's requests by `work`; whatever it throws crosses the wire as a typed failure. */
export function answerRequests<Api extends Methods<Api>>(connection: MessageConnection, work: Local<Api>): void {
  for (const method of Object.keys(work) as MethodName<Api>[]) {
    const run = work[method] as (...args: unknown[]) => unknown;
    connection.onRequest(method, async (...args: unknown[]) => {
      try {
        // undefined is not JSON; null stands for "done".
        return (await run(...args)) ?? null;
      } catch (error) {
        throw errorToWire(error);
      }
    });
  }
}
