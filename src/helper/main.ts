// The helper process: answers HelperApi over the IPC channel of whoever started it, and ends with it.

import "./language";
import type { CancellationToken } from "vscode-jsonrpc/node";
import { IPCMessageReader, IPCMessageWriter } from "vscode-jsonrpc/node";
import { listZoo } from "../formats";
import { RecentlyUsed } from "./models";
import { fewerWeights } from "./progress";
import type { HelperEvents } from "./protocol";
import { notify } from "./rpc";
import { serveHelper } from "./server";
import { type HeldModel, holdModel } from "./work";

/** More than a person looks at side by side; the client opens again what had to go. */
const MODELS_HELD = 6;
const models = new RecentlyUsed<HeldModel>(MODELS_HELD);

/** Does work that stops when nobody waits for it any more. */
async function whileAwaited<T>(token: CancellationToken, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const listener = token.onCancellationRequested(() => stop.abort());
  try {
    return await work(stop.signal);
  } finally {
    listener.dispose();
  }
}

process.on("disconnect", () => process.exit(0));
// Ctrl-C in a terminal reaches both of us; whoever started this process decides what it means.
process.on("SIGINT", () => {});
const host = serveHelper(new IPCMessageReader(process), new IPCMessageWriter(process), {
  async openModel(source, token) {
    const held = await holdModel(source);
    if (!token.isCancellationRequested) return { modelId: models.add(held), ...held.opened };
    held.dispose();
    throw new DOMException("Nobody waits for this model any more.", "AbortError");
  },
  async runProbe(modelId, probe, token) {
    const stop = new AbortController();
    const listener = token.onCancellationRequested(() => stop.abort());
    // A host that is gone cannot be told, and this process ends with it.
    const tell = fewerWeights((progress) => notify<HelperEvents, "progress">(host, "progress", [modelId, progress]).catch(() => {}));
    try {
      return await models.get(modelId).probe(probe, { signal: stop.signal, onProgress: tell });
    } finally {
      listener.dispose();
    }
  },
  findSizes: (modelId, question, token) => whileAwaited(token, (signal) => models.get(modelId).sizes(question, signal)),
  findHeads: (modelId, probe, classes, token) => whileAwaited(token, (signal) => models.get(modelId).heads(probe, classes, signal)),
  ask: (modelId, probe, question, wish, other, token) =>
    whileAwaited(token, (signal) => models.get(modelId).ask(probe, question, wish, other, signal)),
  picture: (modelId, layerId) => models.get(modelId).picture(layerId),
  closeModel: (modelId) => models.remove(modelId),
  listZoo: () => listZoo(),
});
