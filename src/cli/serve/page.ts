import { randomBytes } from "node:crypto";
import { pageHtml } from "../../helper/page";

/** The page and the policy that only a header can give. `host` has been checked to be ours. */
export function pageAnswer(token: string, host: string): { html: string; policy: string } {
  const uri = (file: string) => `/${file}?token=${token}`;
  const html = pageHtml({
    scriptUri: uri("view.js"),
    styleUri: uri("view.css"),
    workerUri: uri("layout-worker.js"),
    nonce: randomBytes(18).toString("base64url"),
    cspSource: "'self'",
    connect: `ws://${host}`,
  });
  return { html, policy: "frame-ancestors 'none'" };
}
