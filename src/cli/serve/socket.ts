import {
  AbstractMessageReader,
  AbstractMessageWriter,
  createMessageConnection,
  type DataCallback,
  type Disposable,
  type Message,
  type MessageConnection,
} from "vscode-jsonrpc/node";
import type { WebSocket } from "ws";

/** JSON-RPC over a WebSocket: a text message each. */
export function socketConnection(socket: WebSocket): MessageConnection {
  const connection = createMessageConnection(new SocketReader(socket), new SocketWriter(socket));
  // A page that speaks no JSON-RPC is not ours.
  connection.onError(() => socket.terminate());
  connection.onClose(() => connection.dispose());
  return connection;
}

class SocketReader extends AbstractMessageReader {
  readonly #socket: WebSocket;
  constructor(socket: WebSocket) {
    super();
    this.#socket = socket;
    socket.on("error", (error) => this.fireError(error));
    socket.on("close", () => this.fireClose());
  }

  listen(callback: DataCallback): Disposable {
    const take = (text: unknown) => {
      try {
        callback(JSON.parse(String(text)) as Message);
      } catch (error) {
        this.fireError(error);
      }
    };
    this.#socket.on("message", take);
    return { dispose: () => this.#socket.off("message", take) };
  }
}

class SocketWriter extends AbstractMessageWriter {
  readonly #socket: WebSocket;
  constructor(socket: WebSocket) {
    super();
    this.#socket = socket;
  }

  write(message: Message): Promise<void> {
    return new Promise((resolve, reject) => this.#socket.send(JSON.stringify(message), (error) => (error ? reject(error) : resolve())));
  }

  end(): void {
    this.#socket.close();
  }
}
