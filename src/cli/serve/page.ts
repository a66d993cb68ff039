import { randomBytes } from "node:crypto";
import { pageHtml } from "../../helper/page";
import { languageOf, textsFile } from "../../language";

/** The page and the policy that only a header can give. `host` has been checked to be ours. */
export function pageAnswer(token: string, host: string): { html: string; policy: string } {
  const uri = (file: string) => `/${file}?token=${token}`;
  const language = languageOf(process.env);
  const html = pageHtml({
    scriptUri: uri("view.js"),
    styleUri: uri("view.css"),
    workerUri: uri("layout-worker.js"),
    nonce: randomBytes(18).toString("base64url"),
    language,
    textsUri: textsFile(language) === null ? null : uri("texts.json"),
    cspSource: "'self'",
    connect: `ws://${host}`,
  });
  return { html, policy: "frame-ancestors 'none'" };
}
