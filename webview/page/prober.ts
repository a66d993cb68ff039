import { CancellationTokenSource } from "vscode-jsonrpc";
import type { ProbeReply } from "../../src/helper/protocol";
import type { Probe } from "../../src/model";
import type { Host } from "../host";

/** Milliseconds to wait for the next key or the next step of a drag. */
const PAUSE = 30;

/** Sends probes to the host: a short pause first, a newer one cancels the older, and late replies are dropped. */
export function prober(
  host: Pick<Host, "runProbe">,
  report: { onReply(reply: ProbeReply, probe: Probe): void; onError(error: Error): void },
): (probe: Probe) => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: CancellationTokenSource | null = null;
  let newest = 0;
  const send = (probe: Probe) => {
    running?.cancel();
    const source = new CancellationTokenSource();
    running = source;
    const number = ++newest;
    host.runProbe(probe, source.token).then(
      (reply) => number === newest && report.onReply(reply, probe),
      (error: Error) => number === newest && report.onError(error),
    );
  };
  return (probe) => {
    clearTimeout(timer);
    timer = setTimeout(() => send(probe), PAUSE);
  };
}
