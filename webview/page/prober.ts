import { CancellationTokenSource } from "vscode-jsonrpc";
import type { ProbeReply } from "../../src/helper/protocol";
import type { Probe } from "../../src/model";
import type { Host } from "../host";

/** Milliseconds to wait for the next key or the next step of a drag. */
const PAUSE = 30;

export interface Prober {
  send(probe: Probe): void;
  /** Nobody wants the answer any more. */
  cancel(): void;
}

/** What is told of the newest probe: that it is on its way, and how it ended. */
export interface ProberEvents {
  onSend(probe: Probe): void;
  onReply(reply: ProbeReply, probe: Probe): void;
  onError(error: Error, probe: Probe): void;
}

/** Sends probes to the host: a short pause first, a newer one cancels the older, and late replies are dropped. */
export function prober(host: Pick<Host, "runProbe">, events: ProberEvents): Prober {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: CancellationTokenSource | null = null;
  let newest = 0;
  const cancel = () => {
    clearTimeout(timer);
    running?.cancel();
    newest++;
  };
  const send = (probe: Probe) => {
    cancel();
    const source = new CancellationTokenSource();
    running = source;
    const number = newest;
    events.onSend(probe);
    host.runProbe(probe, source.token).then(
      (reply) => number === newest && events.onReply(reply, probe),
      (error: Error) => number === newest && events.onError(error, probe),
    );
  };
  return {
    send(probe) {
      clearTimeout(timer);
      timer = setTimeout(() => send(probe), PAUSE);
    },
    cancel,
  };
}
