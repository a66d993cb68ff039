import "vscode-jsonrpc/node"; // gives the library its timers outside a browser
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { CancellationToken } from "vscode-jsonrpc";
import type { ProbeReply } from "../../../src/helper/protocol";
import type { Probe } from "../../../src/model";
import { prober } from "../../../webview/page/prober";
import { report } from "../reports";

const probe = (size: number): Probe => ({ inputs: { x: [1, size] }, mode: "feed", engine: "shapes", fill: "zeros" });
const reply = (text: string): ProbeReply => ({
  report: report([]),
  headline: { tone: "passed", text },
  answers: [],
  questions: [],
  elapsedMs: 1,
});

/** A host that answers when it is told to. */
function slowHost() {
  const asked: { probe: Probe; token: CancellationToken; resolve(reply: ProbeReply): void; reject(error: Error): void }[] = [];
  return {
    asked,
    runProbe: (sent: Probe, token: CancellationToken) =>
      new Promise<ProbeReply>((resolve, reject) => asked.push({ probe: sent, token, resolve, reject })),
  };
}

describe("prober", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  const start = () => {
    const host = slowHost();
    const said: string[] = [];
    const sent: string[] = [];
    const { send, cancel } = prober(host, {
      onSend: ({ inputs }) => sent.push(String(inputs["x"])),
      onReply: ({ headline }, { inputs }) => said.push(`${headline.text} for ${inputs["x"]}`),
      onError: (error) => said.push(error.message),
    });
    return { host, said, sent, send, cancel };
  };

  test("waits for the last of several quick changes", async () => {
    const { host, said, sent, send } = start();
    for (const size of [1, 12, 128]) send(probe(size));
    expect(host.asked).toHaveLength(0);
    expect(sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(40);
    expect(host.asked.map((one) => one.probe.inputs["x"])).toEqual([[1, 128]]);
    host.asked[0]?.resolve(reply("fine"));
    await vi.runAllTimersAsync();
    expect(said).toEqual(["fine for 1,128"]);
    expect(sent).toEqual(["1,128"]);
  });

  test("a newer probe cancels the older, whose late reply is dropped", async () => {
    const { host, said, send } = start();
    send(probe(1));
    await vi.advanceTimersByTimeAsync(40);
    send(probe(2));
    await vi.advanceTimersByTimeAsync(40);
    expect(host.asked.map((one) => one.token.isCancellationRequested)).toEqual([true, false]);
    host.asked[1]?.resolve(reply("new"));
    host.asked[0]?.resolve(reply("old"));
    await vi.runAllTimersAsync();
    expect(said).toEqual(["new for 1,2"]);
  });

  test("an error of the newest is told, that of an older is not", async () => {
    const { host, said, send } = start();
    send(probe(1));
    await vi.advanceTimersByTimeAsync(40);
    send(probe(2));
    await vi.advanceTimersByTimeAsync(40);
    host.asked[0]?.reject(new Error("cancelled"));
    host.asked[1]?.reject(new Error("the helper ended"));
    await vi.runAllTimersAsync();
    expect(said).toEqual(["the helper ended"]);
  });

  test.each([
    ["before it is sent", 0, []],
    ["while it runs", 40, [true]],
  ])("nothing is told of a probe that is cancelled %s", async (_, wait, cancelled) => {
    const { host, said, send, cancel } = start();
    send(probe(1));
    await vi.advanceTimersByTimeAsync(wait);
    cancel();
    await vi.advanceTimersByTimeAsync(40);
    expect(host.asked.map((one) => one.token.isCancellationRequested)).toEqual(cancelled);
    host.asked[0]?.reject(new Error("cancelled"));
    await vi.runAllTimersAsync();
    expect(said).toEqual([]);
  });
});
