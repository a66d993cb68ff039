import { ProgressLocation, window } from "vscode";
import { type CancellationToken, CancellationTokenSource } from "vscode-jsonrpc/node";

/** What takes longer than this many milliseconds shows a progress notification with a Cancel button. */
const PATIENCE_MS = 500;

/** Runs `work`; where it takes long, says so, and how far it is (what `work` tells), and lets the user cancel. */
export async function withPatience<T>(
  title: string,
  work: (token: CancellationToken, tell: (message: string) => void) => Promise<T>,
  outer?: CancellationToken,
): Promise<T> {
  const source = new CancellationTokenSource();
  const listener = outer?.onCancellationRequested(() => source.cancel());
  const notification: Notification = { message: "", show: () => {} };
  const running = work(source.token, (message) => {
    notification.message = message;
    notification.show(message);
  });
  const timer = setTimeout(() => showProgress(title, running, source, notification), PATIENCE_MS);
  try {
    return await running;
  } finally {
    clearTimeout(timer);
    listener?.dispose();
    source.dispose();
  }
}

/** What was told last, and how it is shown as soon as something shows it. */
interface Notification {
  message: string;
  show(message: string): void;
}

function showProgress(title: string, running: Promise<unknown>, source: CancellationTokenSource, notification: Notification): void {
  window.withProgress({ location: ProgressLocation.Notification, title: `Layerscope: ${title}`, cancellable: true }, (progress, token) => {
    token.onCancellationRequested(() => source.cancel());
    notification.show = (message) => progress.report({ message });
    if (notification.message) notification.show(notification.message);
    // Whoever asked is told how it ended; the notification only goes away.
    return running.catch(() => {});
  });
}
