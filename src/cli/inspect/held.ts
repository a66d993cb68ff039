import { basename, join } from "node:path";
import type { HeadReply, ModelSource, OpenedModel, ProbeReply, SizesReply } from "../../helper/protocol";
import { type Answer, type AskedProbe, type Progress, type QuestionId, type SizesQuestion, UserError, type Wish } from "../../model";

/** A model opened for some probes. */
export interface Held {
  readonly opened: Omit<OpenedModel, "modelId">;
  probe(probe: AskedProbe, asker?: { onProgress?: (progress: Progress) => void }): Promise<ProbeReply>;
  sizes(question: SizesQuestion): Promise<SizesReply>;
  heads(probe: AskedProbe, classes: number): Promise<HeadReply>;
  ask(probe: AskedProbe, question: QuestionId, wish: Wish, other: ModelSource | null): Promise<Answer[]>;
  dispose(): void;
}

/** How long a file may take before it is given up, in milliseconds: only its header is read. */
const OPENING_MS = 30_000;

interface HoldOptions {
  /** Whether probes run on numbers: TensorFlow's library may take the process that it runs in with it. */
  withNumbers?: boolean;
  script?: string;
  openingMs?: number;
}

/**
 * Opens a model. One of the zoo, or a file that only readers of ours see, is opened in this process where its shapes are asked for:
 * starting another would take longer than the work. The HDF5 library can be led in circles by a damaged file, so others are opened in the
 * helper process, which can be ended. @throws UserError that names the file and the reason
 */
export async function hold(source: ModelSource, options: HoldOptions = {}): Promise<Held> {
  if (!options.withNumbers && !source.weights && (await isSafeHere(source))) return (await import("../../helper/work")).holdModel(source);
  const { HelperClient } = await import("../../helper/client");
  const { HelperFailure } = await import("../../helper/failure");
  const { script = join(__dirname, "helper.js"), openingMs = OPENING_MS } = options;
  const helper = new HelperClient({ script, deadlinesMs: { openModel: openingMs }, cancelPatienceMs: 0 });
  const stopListening = endWithUs(() => helper.dispose());
  const dispose = () => {
    stopListening();
    helper.dispose();
  };
  try {
    const opened = await helper.openModel(source);
    return {
      opened,
      probe: (probe, asker) => helper.runProbe(opened.modelId, probe, undefined, asker?.onProgress),
      sizes: (question) => helper.findSizes(opened.modelId, question),
      heads: (probe, classes) => helper.findHeads(opened.modelId, probe, classes),
      ask: (probe, question, wish, other) => helper.ask(opened.modelId, probe, question, wish, other),
      dispose,
    };
  } catch (error) {
    dispose();
    if (error instanceof HelperFailure) throw new UserError(sentence(source, error.kind, error.message, openingMs));
    throw error;
  }
}

async function isSafeHere(from: ModelSource): Promise<boolean> {
  if (from.kind !== "path") return from.kind === "zoo";
  const { fileSource, isOfOwnReaders } = await import("../../formats");
  const source = fileSource(from.path);
  try {
    return isOfOwnReaders(source);
  } finally {
    source.close();
  }
}

function sentence(source: ModelSource, kind: string, message: string, openingMs: number): string {
  const name = source.kind === "path" ? basename(source.path) : source.kind === "zoo" ? source.spec : "The model";
  const reason = kind === "timeout" ? `it took longer than ${openingMs / 1000} s, so it is damaged or its disk is very slow.` : message;
  return `${name} cannot be opened: ${reason}`;
}

/** A helper that is busy does not notice that we are gone. Returns what takes the listeners away. */
function endWithUs(end: () => void): () => void {
  const stopped = (signal: NodeJS.Signals) => {
    end();
    for (const each of SIGNALS) process.off(each, stopped);
    process.kill(process.pid, signal);
  };
  for (const signal of SIGNALS) process.on(signal, stopped);
  return () => {
    for (const signal of SIGNALS) process.off(signal, stopped);
  };
}
const SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
