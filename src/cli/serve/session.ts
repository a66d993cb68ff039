import type { CancellationToken, MessageConnection } from "vscode-jsonrpc/node";
import type { HelperClient } from "../../helper/client";
import { ImageFolder } from "../../helper/image-folder";
import type { GivenFile, HostApi, ModelSource, OpenedModel, ProbeReply, ViewEvents, ViewState } from "../../helper/protocol";
import { answerRequests, notify } from "../../helper/rpc";
import {
  type Answer,
  type AskedProbe,
  fillOfImage,
  imagePath,
  onNumbers,
  type Probe,
  type Progress,
  type QuestionId,
  UserError,
  type Wish,
} from "../../model";

/** The truth behind all pages of one `serve`: the model and the last probe that was answered. */
export class Session {
  readonly #pages = new Set<MessageConnection>();
  readonly #images = new ImageFolder();
  /** Fills that are images, of the command line or of a page: a page names no other file. */
  readonly #known = new Set<string>();

  constructor(
    readonly helper: HelperClient,
    public source: ModelSource,
    public model: OpenedModel,
    public reply: ProbeReply,
  ) {
    this.#known.add(reply.report.probe.fill);
  }

  /** Answers a page until its connection closes. */
  attach(page: MessageConnection): void {
    answerRequests<HostApi>(page, {
      ready: () => this.#state(),
      runProbe: async (probe, token) => {
        this.#requireKnown(probe);
        this.reply = await this.helper.runProbe(this.model.modelId, probe, token, (progress) => tell(page, "progress", progress));
        this.#tellOthers(page);
        return this.reply;
      },
      chooseImage: (given) => this.#keep(given),
      chooseWeights: () => {
        throw new UserError("A browser uploads its weights; there is nobody else to ask.");
      },
      openGraph: (how) => this.#openAnew({ ...this.source, ...how }, fitting),
      ask: (question, wish, token) => this.#ask(question, wish, token),
      picture: (layerId, token) => this.helper.picture(this.model.modelId, layerId, token),
    });
    this.#pages.add(page);
    page.onClose(() => this.#pages.delete(page));
    page.listen();
  }

  /** A page names models of the zoo only. */
  #ask(question: QuestionId, wish: Wish, token: CancellationToken): Promise<Answer[]> {
    const other: ModelSource | null = wish.other === undefined ? null : { kind: "zoo", spec: wish.other };
    return this.helper.ask(this.model.modelId, this.reply.report.probe, question, wish, other, token);
  }

  /** Opens the model anew with the weights of a file and probes it on numbers; all is as before where they do not fit. @throws UserError */
  async useWeights(path: string): Promise<void> {
    await this.#openAnew({ ...this.source, weights: path }, onNumbers);
  }

  async #openAnew(source: ModelSource, probeFor: (last: Probe, model: OpenedModel) => AskedProbe): Promise<void> {
    const model = await this.helper.openModel(source);
    try {
      const onProgress = (progress: Progress): void => this.#tellAll("progress", progress);
      this.reply = await this.helper.runProbe(model.modelId, probeFor(this.reply.report.probe, model), undefined, onProgress);
    } catch (error) {
      void this.helper.closeModel(model.modelId).catch(() => {});
      throw error;
    }
    void this.helper.closeModel(this.model.modelId).catch(() => {});
    this.model = model;
    this.source = source;
    this.#tellAll("state", this.#state());
  }

  async #keep(given: GivenFile | null): Promise<string> {
    if (!given) throw new UserError("A browser hands its image over; there is nobody else to ask.");
    const fill = fillOfImage(await this.#images.keep(given.name, Buffer.from(given.base64, "base64")));
    this.#known.add(fill);
    return fill;
  }

  #requireKnown({ fill }: Probe): void {
    if (imagePath(fill) !== null && !this.#known.has(fill)) throw new UserError("This image is not at hand any more; choose it again.");
  }

  dispose(): void {
    this.#images.dispose();
  }

  #state(): ViewState {
    return { kind: "model", model: this.model, probe: this.reply.report.probe, reply: this.reply };
  }

  #tellAll<E extends keyof ViewEvents>(event: E, ...args: Parameters<ViewEvents[E]>): void {
    for (const page of this.#pages) tell(page, event, ...args);
  }

  /** A second tab shows the same probe. */
  #tellOthers(asker: MessageConnection): void {
    for (const page of this.#pages) if (page !== asker) tell(page, "state", this.#state());
  }
}

/** The last probe, where the model has the same inputs, else with the shapes that the model suggests. */
function fitting(probe: Probe, { inputs }: OpenedModel): Probe {
  const isSame = inputs.length === Object.keys(probe.inputs).length && inputs.every(({ name }) => Object.hasOwn(probe.inputs, name));
  return isSame ? probe : { ...probe, inputs: Object.fromEntries(inputs.map(({ name, suggested }) => [name, suggested])) };
}

/** A page that is just closing cannot be told, and need not be. */
function tell<E extends keyof ViewEvents>(page: MessageConnection, event: E, ...args: Parameters<ViewEvents[E]>): void {
  notify<ViewEvents, E>(page, event, args).catch(() => {});
}
