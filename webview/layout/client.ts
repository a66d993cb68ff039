import type { Layout, LayoutRequest } from "./types";
import type { LayoutCall, LayoutReply } from "./worker";

/** Lays out in a worker. A newer request makes older ones resolve to null. */
export interface LayoutClient {
  run(request: LayoutRequest): Promise<Layout | null>;
}

/** Starts the worker from the text of its script: pages of VS Code may not load a worker from where their scripts lie. */
export function startLayoutWorker(uri: string): LayoutClient {
  let newest = 0;
  const waiting = new Map<number, { resolve(layout: Layout | null): void; reject(error: Error): void }>();
  const settle = (number: number, reply: LayoutReply | Error) => {
    const asker = waiting.get(number);
    waiting.delete(number);
    if (reply instanceof Error) asker?.reject(reply);
    else if ("error" in reply) asker?.reject(new Error(reply.error));
    else asker?.resolve(number === newest ? reply.layout : null);
  };
  const worker = fetchWorker(uri).then((started) => {
    started.addEventListener("message", ({ data: reply }: MessageEvent<LayoutReply>) => settle(reply.number, reply));
    started.addEventListener("error", (event) => {
      for (const number of [...waiting.keys()]) settle(number, new Error(event.message));
    });
    return started;
  });
  return {
    run: (request) =>
      new Promise((resolve, reject) => {
        const number = ++newest;
        waiting.set(number, { resolve, reject });
        const call: LayoutCall = { number, request };
        worker.then((started) => started.postMessage(call)).catch((error: Error) => settle(number, error));
      }),
  };
}

async function fetchWorker(uri: string): Promise<Worker> {
  const response = await fetch(uri);
  if (!response.ok) throw new Error(`the layout worker could not be loaded: ${response.status}`);
  const blob = new Blob([await response.text()], { type: "text/javascript" });
  return new Worker(URL.createObjectURL(blob), { name: "layerscope-layout" });
}
