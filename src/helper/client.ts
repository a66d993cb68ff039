import { type CancellationToken, CancellationTokenSource } from "vscode-jsonrpc/node";
import type { Probe } from "../model";
import { UserError } from "../model";
import { CANCEL_PATIENCE_MS, DEADLINES_MS, type Deadlines, IDLE_MS, MEMORY_LIMIT_MB } from "./deadlines";
import { HelperFailure } from "./failure";
import { HelperProcess } from "./process";
import type { HelperApi, ModelSource, OpenedModel, ProbeReply, ZooEntry } from "./protocol";
import type { Remote } from "./rpc";

export interface HelperOptions {
  /** Path of dist/helper.js. */
  script: string;
  memoryLimitMb?: number;
  idleMs?: number;
  deadlinesMs?: Partial<Deadlines>;
  cancelPatienceMs?: number;
}

/** A model as the client knows it: where it comes from, and its id in the process that last opened it. */
interface KnownModel {
  source: ModelSource;
  heldBy: HelperProcess;
  remote: Promise<string>;
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
    this.#options = { memoryLimitMb: MEMORY_LIMIT_MB, idleMs: IDLE_MS, cancelPatienceMs: CANCEL_PATIENCE_MS, ...options };
    this.#deadlines = { ...DEADLINES_MS, ...options.deadlinesMs };
  }

  /** Process id while it runs; for tests and for people who look for it. */
  get pid(): number | undefined {
    return this.#process?.isAlive ? this.#process.pid : undefined;
  }

  async openModel(source: ModelSource, token?: CancellationToken): Promise<OpenedModel> {
    const heldBy = this.#start();
    const opened = await this.#call(heldBy, "openModel", [source], { token });
    const modelId = `model-${++this.#openedSoFar}`;
    this.#models.set(modelId, { source, heldBy, remote: Promise.resolve(opened.modelId) });
    return { ...opened, modelId };
  }

  /** A newer probe of the same model cancels the older one. */
  async runProbe(modelId: string, probe: Probe, token?: CancellationToken): Promise<ProbeReply> {
    const mine = new CancellationTokenSource();
    this.#newestProbe.get(modelId)?.cancel();
    this.#newestProbe.set(modelId, mine);
    try {
      return await this.#withModel(modelId, (heldBy, remoteId) =>
        this.#call(heldBy, "runProbe", [remoteId, probe], { token, superseded: mine.token }),
      );
    } finally {
      if (this.#newestProbe.get(modelId) === mine) this.#newestProbe.delete(modelId);
      mine.dispose();
    }
  }

  /** Forgets the model; never starts a process for that. */
  async closeModel(modelId: string, token?: CancellationToken): Promise<void> {
    const known = this.#models.get(modelId);
    this.#models.delete(modelId);
    this.#newestProbe.get(modelId)?.cancel();
    if (known?.heldBy.isAlive) await this.#call(known.heldBy, "closeModel", [await known.remote], { token });
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
  async #withModel<T>(modelId: string, ask: (heldBy: HelperProcess, remoteId: string) => Promise<T>): Promise<T> {
    const first = this.#held(modelId);
    try {
      return await ask(first.heldBy, await first.remote);
    } catch (error) {
      if (!(error instanceof HelperFailure && error.kind === "evicted")) throw error;
      const known = this.#models.get(modelId);
      if (known === first) this.#models.set(modelId, this.#reopened(first.source));
      const second = this.#held(modelId);
      return await ask(second.heldBy, await second.remote);
    }
  }

  #held(modelId: string): KnownModel {
    const known = this.#models.get(modelId);
    if (!known) throw new UserError("This model was closed; open it again.");
    if (known.heldBy.isAlive) return known;
    const again = this.#reopened(known.source);
    this.#models.set(modelId, again);
    // A failed reopening must not stick: the next request tries anew.
    again.remote.catch(() => {
      if (this.#models.get(modelId) === again) this.#models.set(modelId, known);
    });
    return again;
  }

  /** Several requests may wait for one reopening, so none of them can cancel it. */
  #reopened(source: ModelSource): KnownModel {
    const heldBy = this.#start();
    return { source, heldBy, remote: this.#call(heldBy, "openModel", [source], {}).then((opened) => opened.modelId) };
  }

  #start(): HelperProcess {
    if (this.#isDisposed) throw new HelperFailure("disposed", "Layerscope was closed.");
    if (!this.#process?.isAlive) this.#process = new HelperProcess(this.#options.script, this.#options.memoryLimitMb);
    return this.#process;
  }

  async #call<M extends keyof HelperApi>(
    heldBy: HelperProcess,
    method: M,
    args: Parameters<HelperApi[M]>,
    stops: { token?: CancellationToken | undefined; superseded?: CancellationToken | undefined },
  ): Promise<ReturnType<HelperApi[M]>> {
    clearTimeout(this.#idleTimer);
    this.#pending++;
    try {
      return await heldBy.call(method, args, { deadlineMs: this.#deadlines[method], patienceMs: this.#options.cancelPatienceMs, ...stops });
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
