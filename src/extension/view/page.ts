import { randomBytes } from "node:crypto";
import { env, l10n, Uri, type Webview } from "vscode";
import { pageHtml } from "../../helper/page";

/** Puts the view into a webview: our own files only, a nonce, nothing else allowed. */
export function furnish(webview: Webview, extensionUri: Uri): void {
  const built = Uri.joinPath(extensionUri, "dist", "webview");
  const uri = (name: string) => webview.asWebviewUri(Uri.joinPath(built, name)).toString();
  webview.options = {
    enableScripts: true,
    localResourceRoots: ["media", "l10n"].map((name) => Uri.joinPath(extensionUri, name)).concat(built),
  };
  webview.html = pageHtml({
    scriptUri: uri("view.js"),
    styleUri: uri("view.css"),
    workerUri: uri("layout-worker.js"),
    nonce: randomBytes(18).toString("base64url"),
    language: env.language,
    textsUri: l10n.uri ? webview.asWebviewUri(l10n.uri).toString() : null,
    cspSource: webview.cspSource,
  });
}
