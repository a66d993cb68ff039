import { layOut } from "./layout";
import type { Layout, LayoutRequest } from "./types";

/** What the page asks of the worker, and what it gets back under the same number. */
export interface LayoutCall {
  number: number;
  request: LayoutRequest;
}
export type LayoutReply = { number: number } & ({ layout: Layout } | { error: string });

addEventListener("message", ({ data: call }: MessageEvent<LayoutCall>) => {
  let reply: LayoutReply;
  try {
    reply = { number: call.number, layout: layOut(call.request) };
  } catch (error) {
    reply = { number: call.number, error: error instanceof Error ? error.message : String(error) };
  }
  postMessage(reply);
});
