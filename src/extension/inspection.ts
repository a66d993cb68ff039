import { t } from "@vscode/l10n";
import { type CancellationToken, Emitter, type Event } from "vscode-jsonrpc/node";
import type { HelperClient } from "../helper/client";
import type { ModelSource, OpenedModel, ProbeReply, ViewState } from "../helper/protocol";
import {
  type Answer,
  type AskedProbe,
  type EngineName,
  type GraphOptions,
  type Json,
  type LayerPictures,
  onNumbers,
  type Probe,
  type Progress,
  type QuestionId,
  type Wish,
} from "../model";
import { Disposables } from "./disposables";
import { type ModelRef, namedRef, refTitle } from "./model-ref";
import type { Waiting } from "./source";

/** What an inspection needs of the world. */
export interface InspectionPorts {
  helper: Pick<HelperClient, "openModel" | "runProbe" | "picture" | "ask" | "closeModel">;
  /** How the helper gets at the model. @throws UserError where it cannot be read */
  sourceOf(ref: ModelRef, waiting: Waiting): Promise<ModelSource>;
  /** The engine that a model is first probed with. */
  engine(): AskedProbe["engine"];
}

/** Whoever asks for a probe. */
export interface Asking extends Waiting {
  /** The view that asks, if one does. */
  by?: unknown;
  /** Hears how far the probe is. */
  onProgress?: (progress: Progress) => void;
}

/** A change of state; `by` is the view that asked for it and therefore has it already. */
export interface InspectionChange {
  state: ViewState;
  by: unknown;
}

/**
 * A model that was opened, with its last probe and report: the truth that every view of it shows. Never throws for a broken
 * file or a dead helper: that is a state like others.
 */
export class Inspection extends Disposables {
  #state: ViewState = { kind: "empty" };
  /** How a person wants to see a graph. */
  #graph: GraphOptions = {};
  #model: OpenedModel | null = null;
  /** Path of the file whose weights a person chose. */
  #weights: string | null = null;
  /** Counts what was asked; an answer to anything but the newest question is dropped. */
  #turn = 0;
  readonly #changed = this.register(new Emitter<InspectionChange>());
  readonly onDidChange: Event<InspectionChange> = this.#changed.event;

  constructor(
    readonly ref: ModelRef,
    private readonly ports: InspectionPorts,
  ) {
    super();
    this.#state = { kind: "loading", title: refTitle(ref) };
  }

  get state(): ViewState {
    return this.#state;
  }

  get model(): OpenedModel | null {
    return this.#model;
  }

  get probe(): Probe | null {
    return this.#state.kind === "model" ? this.#state.probe : null;
  }

  /** What an inspection can be started from again, as JSON: see `restoredFrom`. */
  get kept(): { ref: { [key: string]: Json }; probe: Json } {
    const { probe } = this;
    if (!probe) return { ref: { ...this.ref }, probe };
    const { edit, ...rest } = probe;
    return { ref: { ...this.ref }, probe: { ...rest, ...(edit ? { edit: { ...edit } } : {}) } };
  }

  /** Opens the model; null where that fails (the state says why) or another question came between. */
  async load(waiting: Waiting = {}): Promise<OpenedModel | null> {
    const turn = ++this.#turn;
    this.#close(this.#model);
    this.#model = null;
    this.#become({ kind: "loading", title: refTitle(this.ref) });
    try {
      const source = await this.#source(this.#weights, waiting);
      const model = await this.ports.helper.openModel(source, waiting.token);
      if (turn !== this.#turn || this.isDisposed) {
        this.#close(model);
        return null;
      }
      this.#model = model;
      return model;
    } catch (error) {
      if (turn === this.#turn) this.#fail(error);
      return null;
    }
  }

  /** Opens the model and sends `wanted` through it, or the suggested probe where `wanted` does not fit; a failure becomes the state. */
  async start(wanted: Probe | null, asking: Asking = {}): Promise<void> {
    const model = await this.load(asking);
    if (model) await this.runFirst(probeFor(model, wanted, this.ports.engine()), asking);
  }

  /**
   * Sends the first probe through the model that was loaded: on shapes before all else, so that there is a graph at once, and also where
   * the engine is not to be had any more. A failure on shapes becomes the state.
   */
  async runFirst(probe: AskedProbe, asking: Asking = {}): Promise<void> {
    try {
      await this.runProbe({ ...probe, engine: "shapes" }, asking);
      if (probe.engine !== "shapes") await this.runProbe(probe, asking);
    } catch {
      // The state says it, or shows what is known without numbers.
    }
  }

  /**
   * Sends a probe through the model; all views are told but the one that asks. The last good state is kept where it fails.
   * @throws what the helper says
   */
  async runProbe(probe: AskedProbe, { token, by, onProgress }: Asking = {}): Promise<ProbeReply> {
    const model = this.#model ?? (await this.load({ token }));
    if (!model) throw new Error(this.#state.kind === "failed" ? this.#state.message : t("The model is not open: inspect it again."));
    const turn = ++this.#turn;
    const isNewest = () => turn === this.#turn && !this.isDisposed;
    try {
      const reply = await this.ports.helper.runProbe(model.modelId, probe, token, onProgress);
      if (isNewest()) this.#become({ kind: "model", model, probe: { ...probe, engine: engineOf(probe, reply) }, reply }, by);
      return reply;
    } catch (error) {
      if (isNewest() && this.#state.kind === "loading") this.#fail(error);
      throw error;
    }
  }

  /**
   * Takes the weights of a file and probes with numbers; keeps them while it lives. All is as before where they do not fit.
   * @throws what the helper says
   */
  async useWeights(path: string, asking: Asking = {}): Promise<void> {
    const turn = ++this.#turn;
    const model = await this.ports.helper.openModel(await this.#source(path, asking), asking.token);
    if (turn !== this.#turn || this.isDisposed) return this.#close(model);
    this.#close(this.#model);
    this.#model = model;
    this.#weights = path;
    await this.runProbe(onNumbers(this.probe ?? suggestedProbe(model, "auto")), asking);
  }

  /** Opens a graph anew in another way and probes it; all is as before where that cannot be. @throws what the helper says */
  async openGraph(how: GraphOptions, asking: Asking = {}): Promise<void> {
    const turn = ++this.#turn;
    const asked = { ...this.#graph, ...how };
    const model = await this.ports.helper.openModel(await this.#source(this.#weights, asking, asked), asking.token);
    if (turn !== this.#turn || this.isDisposed) return this.#close(model);
    this.#close(this.#model);
    this.#model = model;
    this.#graph = asked;
    await this.runProbe(probeFor(model, this.probe, this.ports.engine()), asking);
  }

  async #source(weights: string | null, waiting: Waiting, graph = this.#graph): Promise<ModelSource> {
    const source = await this.ports.sourceOf(this.ref, waiting);
    return { ...source, ...(source.kind === "zoo" ? {} : graph), ...(weights === null ? {} : { weights }) };
  }

  /** What a layer gave in the last probe, as pictures; null where it ran without numbers. */
  async picture(layerId: string, token?: CancellationToken): Promise<LayerPictures | null> {
    return this.#model && this.ports.helper.picture(this.#model.modelId, layerId, token);
  }

  /** Answers a question about the last probe; a model named in the wish is one of the zoo, or a file by its URI. @throws what the helper says */
  async ask(question: QuestionId, wish: Wish, { token }: Waiting = {}): Promise<Answer[]> {
    const { probe } = this;
    if (!this.#model || !probe) throw new Error(t("The model is not open: inspect it again."));
    const { modelId } = this.#model;
    const other = wish.other === undefined ? null : await this.ports.sourceOf(namedRef(wish.other), { token });
    return this.ports.helper.ask(modelId, probe, question, wish, other, token);
  }

  #fail(error: unknown): void {
    this.#become({ kind: "failed", title: refTitle(this.ref), message: sentenceOf(error) });
  }

  #become(state: ViewState, by: unknown = null): void {
    this.#state = state;
    if (!this.isDisposed) this.#changed.fire({ state, by });
  }

  #close(model: OpenedModel | null): void {
    // The helper may be gone, and the model with it.
    if (model) this.ports.helper.closeModel(model.modelId).catch(() => {});
  }

  override dispose(): void {
    this.#close(this.#model);
    this.#model = null;
    super.dispose();
  }
}

/** Which engine ran: where the machine chose, the report says it. */
function engineOf({ engine }: AskedProbe, { report }: ProbeReply): EngineName {
  return engine === "auto" ? report.probe.engine : engine;
}

/** The probe that fills the bar at first: the suggested shapes, fed to the built model. Zeros tell nothing where there are numbers. */
export function suggestedProbe<Engine extends AskedProbe["engine"]>(model: OpenedModel, engine: Engine) {
  const inputs = Object.fromEntries(model.inputs.map((input) => [input.name, input.suggested]));
  return { inputs, mode: "feed", engine, fill: engine === "shapes" ? "zeros" : "ramp" } as const;
}

/** `wanted` where it names just the model's inputs, else the suggestion: a file may have changed since it was last open. */
export function probeFor(model: OpenedModel, wanted: Probe | null, engine: AskedProbe["engine"]): AskedProbe {
  const names = (of: Iterable<string>) => [...of].sort().join("\n");
  const fits = wanted && names(Object.keys(wanted.inputs)) === names(model.inputs.map((input) => input.name));
  return fits ? wanted : suggestedProbe(model, engine);
}

/** What a person is told of an error. */
export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
