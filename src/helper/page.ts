/** What the hosts (an editor panel, `serve`) must know to show the view. URIs as the page may load them. */
export interface PageParts {
  scriptUri: string;
  styleUri: string;
  workerUri: string;
  /** Fresh for every page; letters and digits. */
  nonce: string;
  /** What its texts are written in, as VS Code names it: `en`, `zh-cn`. */
  language: string;
  /** Where they are; null for English. */
  textsUri: string | null;
  /** Where styles and fonts come from: `webview.cspSource`, or `'self'`. */
  cspSource: string;
  /** What the page may connect to, besides fetching the worker's script: `ws://127.0.0.1:PORT`. */
  connect?: string;
}

/** The page that holds the view. It has no inline script and loads nothing that `parts` does not name. */
export function pageHtml(parts: PageParts): string {
  const { scriptUri, styleUri, workerUri, nonce, cspSource, connect, language, textsUri } = parts;
  // The controls' library sets an empty style attribute; the hash is that of the empty text and allows nothing else.
  const emptyStyle = "'unsafe-hashes' 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='";
  const policy = [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    `style-src ${cspSource} 'nonce-${nonce}' ${emptyStyle}`,
    "img-src data:",
    `font-src ${cspSource}`,
    "worker-src blob:",
    `connect-src ${[cspSource, connect].filter((source) => source !== undefined).join(" ")}`,
    "base-uri 'none'",
    "form-action 'none'",
  ];
  const texts = textsUri === null ? "" : ` data-texts="${escapeAttribute(textsUri)}"`;
  return `<!DOCTYPE html>
<html lang="${escapeAttribute(textsUri === null ? "en" : language)}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escapeAttribute(policy.join("; "))}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Layerscope</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" nonce="${escapeAttribute(nonce)}" href="${escapeAttribute(styleUri)}">
</head>
<body>
<div id="layerscope" data-worker="${escapeAttribute(workerUri)}"${texts}></div>
<script nonce="${escapeAttribute(nonce)}" src="${escapeAttribute(scriptUri)}"></script>
</body>
</html>
`;
}

const ENTITIES: Record<string, string> = { "&": "&amp;", '"': "&quot;", "<": "&lt;", ">": "&gt;" };
const escapeAttribute = (text: string) => text.replace(/[&"<>]/g, (character) => ENTITIES[character] ?? character);
