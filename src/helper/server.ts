import {
  createMessageConnection,
  ErrorCodes,
  type Message,
  type MessageConnection,
  type MessageReader,
  type MessageWriter,
  type ResponseMessage,
} from "vscode-jsonrpc/node";
import { errorToWire, HelperFailure } from "./failure";
import type { HelperApi } from "./protocol";
import { answerRequests, type Local } from "./rpc";

/** Answers requests from `reader` on `writer` by `work`. Requests that are cancelled before their turn are never begun. */
export function serveHelper(reader: MessageReader, writer: MessageWriter, work: Local<HelperApi>): MessageConnection {
  const connection = createMessageConnection(reader, writer, undefined, { connectionStrategy: { cancelUndispatched: refusal } });
  answerRequests<HelperApi>(connection, work);
  connection.onRequest((method) => {
    throw errorToWire(new HelperFailure("internal", `unknown request ${method}`));
  });
  connection.listen();
  return connection;
}

function refusal(message: Message): ResponseMessage {
  const error = errorToWire(new HelperFailure("cancelled", "Cancelled."));
  return { jsonrpc: message.jsonrpc, id: null, error: { code: error.code ?? ErrorCodes.InternalError, message: error.message } };
}
