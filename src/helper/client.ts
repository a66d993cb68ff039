import { type CancellationToken, CancellationTokenSource } from "vscode-jsonrpc/node";
import type { Answer, AskedProbe, LayerPictures, QuestionId, SizesQuestion, Wish } from "../model";
import { UserError } from "../model";
import { CANCEL_PATIENCE_MS, DEADLINES_MS, type Deadlines, IDLE_MS, MEMORY_LIMIT_MB } from "./deadlines";
import { HelperFailure } from "./failure";
import { type CallLimits, HelperProcess } from "./process";
import { type TellProgress, throttled } from "./progress";
import type { HeadReply, HelperApi, ModelSource, OpenedModel, ProbeReply, SizesReply, ZooEntry } from "./protocol";
import type { Remote } from "./rpc";

export interface HelperOptions {
  /** Path of dist/helper.js. */
  script: string;
  memoryLimitMb?: number;
  /** Memory that a run on numbers may take, in megabytes; 0 leaves it to the machine. */
  numbersLimitMb?: number;
  /** What the answers are written in, as VS Code names it; left out: what the environment says. */
  language?: string | null;
  idleMs?: number;
  deadlinesMs?: Partial<Deadlines>;
  cancelPatienceMs?: number;
}

/** What ends a request before its answer; `deadline` is its row in the table where that is not the method's own. */
interface Stops extends Pick<CallLimits, "token" | "superseded"> {
  deadline?: keyof Deadlines;
}

/** A page may send what is no probe at all; the helper says so. */
const deadlineOf = (probe: AskedProbe | null | undefined): keyof Deadlines =>
  (probe?.engine ?? "shapes") === "shapes" ? "runProbe" : "runNumbers";

/** A model as the client knows it: where it comes from, and the process that last opened it, if any. */
interface KnownModel {
  source: ModelSource;
  held: { by: HelperProcess; id: Promise<string> } | null;
}

/**
 * The helper process as the hosts see it. Starts it with the first request, again after a crash, and ends it when idle; models that were
 * open are opened again without the caller's doing. Every promise rejects with a UserError (show it) or a HelperFailure (see its kind).
 */
export class HelperClient implements Remote<HelperApi> {
  readonly #options: Required<Omit<HelperOptions, "deadlinesMs">>;
  readonly #deadlines: Deadlines;
  readonly #models = new Map<string, KnownModel>();
  readonly #newestProbe = new Map<string, CancellationTokenSource>();
  #process: HelperProcess | null = null;
  #openedSoFar = 0;
  #pending = 0;
  #idleTimer: NodeJS.Timeout | undefined;
  #isDisposed = false;

  constructor(options: HelperOptions) {
    this.#options = {
      memoryLimitMb: MEMORY_LIMIT_MB,
      numbersLimitMb: 0,
      language: null,
      idleMs: IDLE_MS,
      cancelPatienceMs: CANCEL_PATIENCE_MS,
      ...options,
    };
    this.#deadlines = { ...DEADLINES_MS, ...options.deadlinesMs };
  }

  /** Process id while it runs; for tests and for people who look for it. */
  get pid(): number | undefined {
    return this.#process?.isAlive ? this.#process.pid : undefined;
  }

  async openModel(source: ModelSource, token?: CancellationToken): Promise<OpenedModel> {
    const by = this.#start();
    const opened = await this.#call(by, "openModel", [source], { token });
    const modelId = `model-${++this.#openedSoFar}`;
    this.#models.set(modelId, { source, held: { by, id: Promise.resolve(opened.modelId) } });
    return { ...opened, modelId };
  }

  /** A newer probe of the same model cancels the older one. `onProgress` hears how far it is, ten times a second at most. */
  async runProbe(modelId: string, probe: AskedProbe, token?: CancellationToken, onProgress?: TellProgress): Promise<ProbeReply> {
    const mine = new CancellationTokenSource();
    const progress = throttled(onProgress ?? (() => {}));
    this.#newestProbe.get(modelId)?.cancel();
    this.#newestProbe.set(modelId, mine);
    try {
      return await this.#withModel(modelId, async (by, remoteId) => {
        const stopListening = by.listen(remoteId, progress.tell);
        try {
          return await this.#call(by, "runProbe", [remoteId, probe], { token, superseded: mine.token, deadline: deadlineOf(probe) });
        } finally {
          stopListening();
        }
      });
    } finally {
      progress.stop();
      if (this.#newestProbe.get(modelId) === mine) this.#newestProbe.delete(modelId);
      mine.dispose();
    }
  }

  async picture(modelId: string, layerId: string, token?: CancellationToken): Promise<LayerPictures | null> {
    return this.#withModel(modelId, (by, remoteId) => this.#call(by, "picture", [remoteId, layerId], { token }));
  }

  async findSizes(modelId: string, question: SizesQuestion, token?: CancellationToken): Promise<SizesReply> {
    return this.#withModel(modelId, (by, remoteId) => this.#call(by, "findSizes", [remoteId, question], { token }));
  }

  async findHeads(modelId: string, probe: AskedProbe, classes: number, token?: CancellationToken): Promise<HeadReply> {
    return this.#withModel(modelId, (by, remoteId) => this.#call(by, "findHeads", [remoteId, probe, classes], { token }));
  }

  async ask(
    modelId: string,
    probe: AskedProbe,
    question: QuestionId,
    wish: Wish,
    other: ModelSource | null,
    token?: CancellationToken,
  ): Promise<Answer[]> {
    return this.#withModel(modelId, (by, remoteId) => this.#call(by, "ask", [remoteId, probe, question, wish, other], { token }));
  }

  /** Forgets the model; never starts a process for that. */
  async closeModel(modelId: string, token?: CancellationToken): Promise<void> {
    const held = this.#models.get(modelId)?.held;
    this.#models.delete(modelId);
    this.#newestProbe.get(modelId)?.cancel();
    if (held?.by.isAlive) await this.#call(held.by, "closeModel", [await held.id], { token });
  }

  async listZoo(token?: CancellationToken): Promise<ZooEntry[]> {
    return this.#call(this.#start(), "listZoo", [], { token });
  }

  /** Ends the process; whatever is still awaited rejects with kind `disposed`. */
  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#idleTimer);
    this.#models.clear();
    this.#process?.end(new HelperFailure("disposed", "Layerscope was closed."));
  }

  /** Runs `ask` with the model's id in a living process, opening the model again where a restart or the helper's own limit has dropped it. */
  async #withModel<T>(modelId: string, ask: (by: HelperProcess, remoteId: string) => Promise<T>): Promise<T> {
    const known = this.#models.get(modelId);
    if (!known) throw new UserError("This model was closed; open it again.");
    const first = this.#held(known);
    try {
      return await ask(first.by, await first.id);
    } catch (error) {
      if (!(error instanceof HelperFailure && error.kind === "evicted")) throw error;
      if (known.held === first) known.held = null;
      const second = this.#held(known);
      return await ask(second.by, await second.id);
    }
  }

  /** Several requests may wait for one reopening, so none of them can cancel it. */
  #held(known: KnownModel): NonNullable<KnownModel["held"]> {
    if (known.held?.by.isAlive) return known.held;
    const by = this.#start();
    const held = { by, id: this.#call(by, "openModel", [known.source], {}).then((opened) => opened.modelId) };
    known.held = held;
    // A failed reopening must not stick: the next request tries anew.
    held.id.catch(() => {
      if (known.held === held) known.held = null;
    });
    return held;
  }

  #start(): HelperProcess {
    if (this.#isDisposed) throw new HelperFailure("disposed", "Layerscope was closed.");
    if (!this.#process?.isAlive) this.#process = new HelperProcess(this.#options.script, this.#options);
    return this.#process;
  }

  async #call<M extends keyof HelperApi>(
    by: HelperProcess,
    method: M,
    args: Parameters<HelperApi[M]>,
    { deadline = method, ...stops }: Stops,
  ): Promise<ReturnType<HelperApi[M]>> {
    clearTimeout(this.#idleTimer);
    this.#pending++;
    try {
      return await by.call(method, args, { deadlineMs: this.#deadlines[deadline], patienceMs: this.#options.cancelPatienceMs, ...stops });
    } finally {
      if (--this.#pending === 0) this.#rest();
    }
  }

  #rest(): void {
    const resting = this.#process;
    this.#idleTimer = setTimeout(() => resting?.end(new HelperFailure("crashed", "The helper process was idle.")), this.#options.idleMs);
    this.#idleTimer.unref();
  }
}
