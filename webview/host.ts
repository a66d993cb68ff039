import {
  AbstractMessageReader,
  AbstractMessageWriter,
  type CancellationToken,
  createMessageConnection,
  type DataCallback,
  type Disposable,
  type Message,
  type MessageConnection,
  type MessageWriter,
  ParameterStructures,
} from "vscode-jsonrpc/browser";
import type { GivenFile, HostApi, ViewEvents } from "../src/helper/protocol";
import type { QuestionId, Wish } from "../src/model";
import { givenFile } from "./page/given-file";
import { uploadWeights } from "./page/upload-weights";

type VsCodeApi = { postMessage(message: unknown): void; getState(): unknown; setState(state: unknown): void };
declare function acquireVsCodeApi(): VsCodeApi;

/**
 * The host as the view knows it. On the wire: JSON-RPC 2.0, methods named as in `HostApi` and `ViewEvents`, parameters
 * by position. In VS Code messages are objects, over a WebSocket text.
 */
export interface Host {
  ready(): Promise<ReturnType<HostApi["ready"]>>;
  runProbe(probe: Parameters<HostApi["runProbe"]>[0], token: CancellationToken): Promise<ReturnType<HostApi["runProbe"]>>;
  picture(layerId: string): Promise<ReturnType<HostApi["picture"]>>;
  /** A fill that is an image, chosen by the person; null where they go away. */
  chooseImage(): Promise<ReturnType<HostApi["chooseImage"]>>;
  /** Takes the weights of a file that a person chooses; the state follows. False where they go away. */
  chooseWeights(): Promise<boolean>;
  /** Answers a question about the last probe that was answered. */
  ask(question: QuestionId, wish: Wish, token: CancellationToken): Promise<ReturnType<HostApi["ask"]>>;
  /** Opens the graph anew in another way; the state follows. */
  openGraph(how: Parameters<HostApi["openGraph"]>[0]): Promise<void>;
  on<E extends keyof ViewEvents>(event: E, listener: ViewEvents[E]): void;
  /** Called once when the host can no longer be reached. */
  onLost(listener: () => void): void;
  memory: Memory;
}

/** What survives a reload of the page: only how one looks at the graph, never what it shows. */
export interface Memory {
  get(): unknown;
  set(state: unknown): void;
}

/** How messages travel. */
interface Wire {
  send(message: Message): void;
  listen(receive: (message: Message) => void): void;
  lost(listener: () => void): void;
  opened: Promise<void>;
}

/** Chooses the wire by what exists: VS Code's message port, else a WebSocket to the page's own server. */
export function connectHost(): Host {
  const isInEditor = typeof acquireVsCodeApi === "function";
  const api = isInEditor ? acquireVsCodeApi() : null;
  const wire = api ? editorWire(api) : socketWire();
  const connection = createMessageConnection(new WireReader(wire), new WireWriter(wire));
  connection.listen();
  wire.lost(() => connection.dispose());
  return hostOf(connection, wire, api ? editorMemory(api, connection) : sessionMemory(), api ? askedByHost(connection) : ASKED_HERE);
}

/** How a person is asked for files. */
interface Asking extends Pick<Host, "chooseWeights"> {
  /** The image itself where the host cannot ask, and `undefined` where a person goes away. */
  givenFile(): Promise<GivenFile | null | undefined>;
}

const ASKED_HERE: Asking = { givenFile, chooseWeights: uploadWeights };
const askedByHost = (connection: MessageConnection): Asking => ({
  givenFile: async () => null,
  chooseWeights: () => connection.sendRequest("chooseWeights"),
});

function hostOf(connection: MessageConnection, wire: Wire, memory: Memory, { givenFile, chooseWeights }: Asking): Host {
  return {
    ready: () => wire.opened.then(() => connection.sendRequest("ready")),
    runProbe: (probe, token) => connection.sendRequest("runProbe", ParameterStructures.byPosition, probe, token),
    picture: (layerId) => connection.sendRequest("picture", ParameterStructures.byPosition, layerId),
    chooseImage: async () => {
      const given = await givenFile();
      return given === undefined ? null : connection.sendRequest("chooseImage", ParameterStructures.byPosition, given);
    },
    chooseWeights,
    ask: (question, wish, token) => connection.sendRequest("ask", ParameterStructures.byPosition, question, wish, token),
    openGraph: (how) => connection.sendRequest("openGraph", ParameterStructures.byPosition, how),
    on: (event, listener) => void connection.onNotification(event, listener),
    onLost: (listener) => wire.lost(listener),
    memory,
  };
}

function editorWire(api: VsCodeApi): Wire {
  return {
    send: (message) => api.postMessage(message),
    listen: (receive) => addEventListener("message", ({ data: posted }) => posted?.jsonrpc === "2.0" && receive(posted)),
    lost: () => undefined,
    opened: Promise.resolve(),
  };
}

function socketWire(): Wire {
  const address = new URL("rpc", location.href);
  address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  address.search = new URLSearchParams({ token: new URLSearchParams(location.search).get("token") ?? "" }).toString();
  const socket = new WebSocket(address);
  return {
    send: (message) => socket.send(JSON.stringify(message)),
    listen: (receive) => socket.addEventListener("message", (event) => receive(JSON.parse(String(event.data)))),
    lost: (listener) => socket.addEventListener("close", listener, { once: true }),
    opened: new Promise((resolve, reject) => {
      socket.addEventListener("open", () => resolve(), { once: true });
      socket.addEventListener("error", () => reject(new Error("the server cannot be reached")), { once: true });
    }),
  };
}

/** In VS Code the tab's own storage, which comes back with the tab after a reload: the page's part, and beside it the host's. */
function editorMemory(api: VsCodeApi, connection: MessageConnection): Memory {
  let kept = (api.getState() ?? {}) as { page?: unknown; host?: unknown };
  const keep = (part: typeof kept) => {
    kept = { ...kept, ...part };
    api.setState(kept);
  };
  connection.onNotification("keep", (host: unknown) => keep({ host }));
  return { get: () => kept.page, set: (page) => keep({ page }) };
}

/** In a browser the tab's own storage; without storage nothing is remembered. */
function sessionMemory(): Memory {
  const key = `layerscope:${location.pathname}`;
  return {
    get: () => {
      try {
        return JSON.parse(sessionStorage.getItem(key) ?? "null");
      } catch {
        return null; // storage is switched off, or holds something else
      }
    },
    set: (state) => {
      try {
        sessionStorage.setItem(key, JSON.stringify(state));
      } catch {
        // storage is switched off or full: the view only forgets where one looked
      }
    },
  };
}

class WireReader extends AbstractMessageReader {
  constructor(private readonly wire: Wire) {
    super();
  }
  listen(callback: DataCallback): Disposable {
    this.wire.listen(callback);
    return { dispose: () => undefined };
  }
}

class WireWriter extends AbstractMessageWriter implements MessageWriter {
  constructor(private readonly wire: Wire) {
    super();
  }
  async write(message: Message): Promise<void> {
    this.wire.send(message);
  }
  end(): void {}
}
