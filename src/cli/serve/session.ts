import type { MessageConnection } from "vscode-jsonrpc/node";
import type { HelperClient } from "../../helper/client";
import type { HostApi, OpenedModel, ProbeReply, ViewEvents, ViewState } from "../../helper/protocol";
import { answerRequests, notify } from "../../helper/rpc";

/** The truth behind all pages of one `serve`: the model and the last probe that was answered. */
export class Session {
  readonly #pages = new Set<MessageConnection>();

  constructor(
    readonly helper: HelperClient,
    readonly model: OpenedModel,
    public reply: ProbeReply,
  ) {}

  /** Answers a page until its connection closes. */
  attach(page: MessageConnection): void {
    answerRequests<HostApi>(page, {
      ready: () => this.#state(),
      runProbe: async (probe, token) => {
        this.reply = await this.helper.runProbe(this.model.modelId, probe, token, (progress) => tell(page, "progress", progress));
        this.#tellOthers(page);
        return this.reply;
      },
      picture: (layerId, token) => this.helper.picture(this.model.modelId, layerId, token),
    });
    this.#pages.add(page);
    page.onClose(() => this.#pages.delete(page));
    page.listen();
  }

  #state(): ViewState {
    return { kind: "model", model: this.model, probe: this.reply.report.probe, reply: this.reply };
  }

  /** A second tab shows the same probe. */
  #tellOthers(asker: MessageConnection): void {
    for (const page of this.#pages) if (page !== asker) tell(page, "state", this.#state());
  }
}

/** A page that is just closing cannot be told, and need not be. */
function tell<E extends keyof ViewEvents>(page: MessageConnection, event: E, ...args: Parameters<ViewEvents[E]>): void {
  notify<ViewEvents, E>(page, event, args).catch(() => {});
}
