import { type ChildProcess, fork } from "node:child_process";
import {
  type CancellationToken,
  CancellationTokenSource,
  createMessageConnection,
  IPCMessageReader,
  IPCMessageWriter,
  type MessageConnection,
} from "vscode-jsonrpc/node";
import { HelperFailure } from "./failure";
import type { TellProgress } from "./progress";
import type { HelperApi, HelperEvents } from "./protocol";
import { request } from "./rpc";

type Method = keyof HelperApi;
export interface CallLimits {
  deadlineMs: number;
  /** How long an answer to a cancelled or overdue request is awaited before the process is ended. */
  patienceMs: number;
  /** Somebody who no longer wants the answer. */
  token?: CancellationToken | undefined;
  /** A newer request has made this one pointless: it ends at once, but the process is not ended for it before its deadline. */
  superseded?: CancellationToken | undefined;
}

export interface ProcessOptions {
  memoryLimitMb: number;
  /** 0 leaves it to the machine. */
  numbersLimitMb: number;
  /** What it speaks, as VS Code names it; null: what the environment says. */
  language: string | null;
}

/** One life of the helper process: from its start to its exit, with all requests that it was asked. */
export class HelperProcess {
  readonly #child: ChildProcess;
  readonly #connection: MessageConnection;
  readonly #memoryLimitMb: number;
  /** Who is told how far the newest probe of a model is, by its id here. */
  readonly #listeners = new Map<string, TellProgress>();
  #complaints = "";
  #ending: HelperFailure | null = null;
  #isGone = false;

  constructor(script: string, { memoryLimitMb, numbersLimitMb, language }: ProcessOptions) {
    this.#memoryLimitMb = memoryLimitMb;
    this.#child = fork(script, [], {
      execArgv: [`--max-old-space-size=${memoryLimitMb}`],
      env: {
        ...helperEnvironment(process.env),
        ...(numbersLimitMb > 0 ? { LAYERSCOPE_MEMORY_LIMIT_MB: String(numbersLimitMb) } : {}),
        ...(language === null ? {} : { LAYERSCOPE_LANGUAGE: language }),
      },
      // Requests go over the IPC channel, so that nothing a library prints can disturb them.
      stdio: ["ignore", "ignore", "pipe", "ipc"],
      // A model of a virtual file system comes as one message of its size: a third of the time that JSON takes.
      serialization: "advanced",
    });
    this.#child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      this.#complaints = (this.#complaints + text).slice(-4_000);
    });
    this.#connection = createMessageConnection(new IPCMessageReader(this.#child), new IPCMessageWriter(this.#child));
    this.#connection.onError(() => this.#child.kill("SIGKILL"));
    const progress: HelperEvents["progress"] = (modelId, how) => this.#listeners.get(modelId)?.(how);
    this.#connection.onNotification("progress", progress);
    // "close", not "exit": by then all that it wrote to stderr has been read, which says why it died.
    this.#child.on("close", (code, signal) => this.#bury(crash(code, signal, this.#complaints, this.#memoryLimitMb)));
    this.#child.on("error", (error) =>
      this.#bury(new HelperFailure("crashed", `The helper process cannot be started (${error.message}).`)),
    );
    this.#connection.listen();
  }

  /** Whether it can still be asked something. */
  get isAlive(): boolean {
    return !this.#isGone && this.#ending === null && this.#child.exitCode === null && this.#child.signalCode === null;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Asks, and ends in one of five ways: answer, failure, cancellation, deadline, or the end of the process. */
  call<M extends Method>(method: M, args: Parameters<HelperApi[M]>, limits: CallLimits): Promise<ReturnType<HelperApi[M]>> {
    if (limits.token?.isCancellationRequested || limits.superseded?.isCancellationRequested) return Promise.reject(cancelled());
    const cancel = new CancellationTokenSource();
    return new Promise((resolve, reject) => {
      const timers: NodeJS.Timeout[] = [];
      const giveUp = (failure: HelperFailure, patienceMs: number) => {
        cancel.cancel();
        reject(failure);
        timers.push(setTimeout(() => this.end(hung(method)), patienceMs));
      };
      timers.push(setTimeout(() => giveUp(overdue(method, limits.deadlineMs), limits.patienceMs), limits.deadlineMs));
      const listeners = [
        limits.token?.onCancellationRequested(() => giveUp(cancelled(), limits.patienceMs)),
        limits.superseded?.onCancellationRequested(() => giveUp(cancelled(), limits.deadlineMs)),
      ];
      request<HelperApi, M>(this.#connection, method, args, cancel.token)
        .then(resolve, (failure) => reject(this.#ending ?? failure))
        .finally(() => {
          for (const timer of timers) clearTimeout(timer);
          for (const listener of listeners) listener?.dispose();
          cancel.dispose();
        });
    });
  }

  /** Until the returned function is called, `tell` hears how far probes of a model are, instead of whoever did before. */
  listen(modelId: string, tell: TellProgress): () => void {
    this.#listeners.set(modelId, tell);
    return () => {
      if (this.#listeners.get(modelId) === tell) this.#listeners.delete(modelId);
    };
  }

  /** Ends the process; whatever it was asked ends with `why`. */
  end(why: HelperFailure): void {
    this.#ending ??= why;
    this.#child.kill("SIGKILL");
    this.#bury(why);
  }

  #bury(why: HelperFailure): void {
    if (this.#isGone) return;
    this.#isGone = true;
    this.#ending ??= why;
    this.#connection.dispose();
  }
}

/** The environment without what would change how the helper runs; Electron's binary is told to be Node. */
function helperEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _options, NODE_PATH: _path, VSCODE_INSPECTOR_OPTIONS: _inspector, ...kept } = env;
  return process.versions["electron"] ? { ...kept, ELECTRON_RUN_AS_NODE: "1" } : kept;
}

function crash(code: number | null, signal: NodeJS.Signals | null, complaints: string, limitMb: number): HelperFailure {
  if (/heap out of memory|Array buffer allocation failed/.test(complaints))
    return new HelperFailure(
      "crashed",
      `The helper process ran out of memory (its limit is ${limitMb} MB); raise the limit or choose a smaller probe.`,
    );
  const how = signal ? `was ended by ${signal}` : `ended with code ${code}`;
  const reason = complaints.split("\n").find((line) => /^\w*Error: /.test(line));
  return new HelperFailure("crashed", `The helper process ${how}${reason ? ` (${reason})` : ""}; it starts again with the next request.`);
}

const cancelled = () => new HelperFailure("cancelled", "Cancelled.");
const hung = (method: Method) =>
  new HelperFailure("crashed", `The helper process was ended because ${WORK[method]} did not stop; try again.`);
const overdue = (method: Method, ms: number) =>
  new HelperFailure("timeout", `${capital(WORK[method])} took longer than ${ms / 1000} s and was given up.`);

/** What each method does, in the words of its messages. */
const WORK: Record<Method, string> = {
  openModel: "opening the model",
  runProbe: "the probe",
  picture: "fetching a picture",
  findHeads: "fitting heads",
  ask: "the answer",
  findSizes: "the search for sizes",
  closeModel: "closing the model",
  listZoo: "listing the zoo",
};

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
