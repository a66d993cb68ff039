import { t } from "@vscode/l10n";
import type { Webview } from "vscode";
import {
  AbstractMessageReader,
  AbstractMessageWriter,
  type CancellationToken,
  createMessageConnection,
  type Message,
  type MessageConnection,
} from "vscode-jsonrpc/node";
import type { ImageFolder } from "../../helper/image-folder";
import type { HostApi, ViewEvents } from "../../helper/protocol";
import { answerRequests, notify } from "../../helper/rpc";
import { progressWords, type QuestionId, type Wish } from "../../model";
import { chooseImage } from "../choose-image";
import { chooseWeights } from "../choose-weights";
import { Disposables } from "../disposables";
import type { Inspection } from "../inspection";
import { withPatience } from "../patience";

/** Speaks the view's protocol with one webview, and shows it an inspection: which one may change. */
export class ViewConnection extends Disposables {
  readonly #connection: MessageConnection;
  #inspection: Inspection | null = null;
  #listening = new Disposables();
  /** Nothing is posted before the page said `ready`: nobody would hear it. */
  #isReady = false;
  #toReveal: string | null = null;
  #toAsk: { id: QuestionId; wish: Wish } | null = null;

  constructor(webview: Webview, images: ImageFolder) {
    super();
    this.#connection = this.register(createMessageConnection(new WebviewReader(webview), new WebviewWriter(webview)));
    answerRequests<HostApi>(this.#connection, {
      ready: () => this.#welcome(),
      runProbe: (probe, token) => {
        const inspection = this.#inspection;
        if (!inspection) throw new Error(t("No model is open here."));
        const run = (patience: CancellationToken, tell: (words: string) => void) =>
          inspection.runProbe(probe, {
            token: patience,
            by: this,
            onProgress: (progress) => {
              tell(progressWords(progress));
              this.#tell("progress", progress);
            },
          });
        return withPatience(t("running the probe"), run, token);
      },
      chooseImage: (given) => chooseImage(given, images),
      chooseWeights: () => (this.#inspection ? chooseWeights(this.#inspection) : false),
      openGraph: (how, token) => this.#inspection?.openGraph(how, { token }),
      ask: (question, wish, token) => this.#inspection?.ask(question, wish, { token }) ?? [],
      picture: (layerId, token) => this.#inspection?.picture(layerId, token) ?? null,
    });
    this.#connection.listen();
  }

  show(inspection: Inspection): void {
    this.#listening.dispose();
    this.#listening = new Disposables();
    this.#inspection = inspection;
    this.#listening.register(
      inspection.onDidChange(({ state, by }) => {
        if (by !== this) this.#tell("state", state);
        this.#keep();
      }),
    );
    this.#tell("state", inspection.state);
    this.#keep();
  }

  /** Brings a layer into sight, now or as soon as the page is there. */
  reveal(layer: string): void {
    if (this.#isReady) this.#tell("revealLayer", layer);
    else this.#toReveal = layer;
  }

  /** Shows the answer to a question, now or as soon as the page is there. */
  showQuestion(id: QuestionId, wish: Wish): void {
    if (this.#isReady) this.#tell("showQuestion", id, wish);
    else this.#toAsk = { id, wish };
  }

  #welcome() {
    this.#isReady = true;
    // After the answer: the page must know its layers first.
    setImmediate(() => {
      this.#keep();
      if (this.#toReveal !== null) this.#tell("revealLayer", this.#toReveal);
      if (this.#toAsk !== null) this.#tell("showQuestion", this.#toAsk.id, this.#toAsk.wish);
      [this.#toReveal, this.#toAsk] = [null, null];
    });
    return this.#inspection?.state ?? ({ kind: "empty" } as const);
  }

  /** What a restored page gives back: see `restoredFrom`. */
  #keep(): void {
    if (this.#inspection) this.#tell("keep", { ...this.#inspection.kept });
  }

  #tell<E extends keyof ViewEvents>(event: E, ...args: Parameters<ViewEvents[E]>): void {
    if (!this.#isReady || this.isDisposed) return;
    notify<ViewEvents, E>(this.#connection, event, args).catch(() => {
      // The webview is closing; a page that comes back says `ready` and gets everything.
    });
  }

  override dispose(): void {
    this.#listening.dispose();
    super.dispose();
  }
}

class WebviewReader extends AbstractMessageReader {
  constructor(private readonly webview: Webview) {
    super();
  }
  listen(callback: (message: Message) => void) {
    return this.webview.onDidReceiveMessage((message: unknown) => {
      if (isMessage(message)) callback(message);
    });
  }
}

class WebviewWriter extends AbstractMessageWriter {
  constructor(private readonly webview: Webview) {
    super();
  }
  async write(message: Message): Promise<void> {
    await this.webview.postMessage(message);
  }
  end(): void {
    // The webview ends by itself.
  }
}

function isMessage(posted: unknown): posted is Message {
  return typeof posted === "object" && posted !== null && (posted as Partial<Message>).jsonrpc === "2.0";
}
