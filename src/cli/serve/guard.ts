import { randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** A secret that only whoever sees the terminal knows. */
export const newToken = () => randomBytes(24).toString("base64url");

/**
 * Who may ask: whoever has the token, under a name of the loopback address. A page of another site that resolves its own name to
 * 127.0.0.1 (DNS rebinding) sends that name as Host; a page of another site that opens a WebSocket sends its own Origin.
 */
export class Guard {
  readonly #hosts: ReadonlySet<string>;
  readonly #token: Buffer;

  constructor(port: number, token: string) {
    this.#hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`]);
    this.#token = Buffer.from(token);
  }

  /** Whether a page or one of its files may be given out. */
  admits(request: IncomingMessage): boolean {
    return this.#hosts.has(request.headers.host ?? "") && this.#hasToken(request);
  }

  /** Whether a WebSocket may be opened. Browsers always say where a page comes from. */
  admitsSocket(request: IncomingMessage): boolean {
    const { origin = "" } = request.headers;
    return this.admits(request) && origin.startsWith("http://") && this.#hosts.has(origin.slice("http://".length));
  }

  /** Takes as long for a wrong token as for the right one. */
  #hasToken(request: IncomingMessage): boolean {
    const given = Buffer.from(targetOf(request)?.searchParams.get("token") ?? "");
    return given.length === this.#token.length && timingSafeEqual(given, this.#token);
  }
}

/** What is asked for; null where the request names nothing that could be an address. */
export function targetOf(request: IncomingMessage): URL | null {
  return URL.canParse(request.url ?? "", ANY_HOST) ? new URL(request.url ?? "", ANY_HOST) : null;
}
const ANY_HOST = "http://localhost";
