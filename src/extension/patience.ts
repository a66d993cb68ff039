import { ProgressLocation, window } from "vscode";
import { type CancellationToken, CancellationTokenSource } from "vscode-jsonrpc/node";

/** What takes longer than this many milliseconds shows a progress notification with a Cancel button. */
const PATIENCE_MS = 500;

/** Runs `work`; where it takes long, says so and lets the user cancel. */
export async function withPatience<T>(
  title: string,
  work: (token: CancellationToken) => Promise<T>,
  outer?: CancellationToken,
): Promise<T> {
  const source = new CancellationTokenSource();
  const listener = outer?.onCancellationRequested(() => source.cancel());
  const running = work(source.token);
  const timer = setTimeout(() => showProgress(title, running, source), PATIENCE_MS);
  try {
    return await running;
  } finally {
    clearTimeout(timer);
    listener?.dispose();
    source.dispose();
  }
}

function showProgress(title: string, running: Promise<unknown>, source: CancellationTokenSource): void {
  window.withProgress({ location: ProgressLocation.Notification, title: `Layerscope: ${title}`, cancellable: true }, (_progress, token) => {
    token.onCancellationRequested(() => source.cancel());
    // Whoever asked is told how it ended; the notification only goes away.
    return running.catch(() => {});
  });
}
