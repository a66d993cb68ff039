import { once } from "node:events";
import { createReadStream } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { GIVEN_BYTES } from "../../helper/image-folder";
import { languageOf, textsFile } from "../../language";
import { UserError } from "../../model";
import { Guard, newToken, targetOf } from "./guard";
import { pageAnswer } from "./page";
import type { Session } from "./session";
import { socketConnection } from "./socket";
import { Uploads } from "./uploads";

const LOOPBACK = "127.0.0.1";
/** A probe is a few hundred bytes; an image comes as base64. */
const LARGEST_MESSAGE_BYTES = Math.ceil((GIVEN_BYTES * 4) / 3) + 2 ** 16;

/** The files of the page: by path, and nothing beside them (but its texts), so that no path can lead elsewhere. */
const ASSETS: ReadonlyMap<string, string> = new Map([
  ["/view.js", "text/javascript; charset=utf-8"],
  ["/view.css", "text/css; charset=utf-8"],
  ["/layout-worker.js", "text/javascript; charset=utf-8"],
]);

const HEADERS = {
  "Cache-Control": "no-store",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  // The address holds the token.
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
};

export interface RunningServer {
  /** Address of the page, token included. */
  url: string;
  close(): Promise<void>;
}

/** Serves the view of `session` on the loopback address. `port` 0: any that is free. @throws UserError where the port is taken */
export async function startServer(session: Session, { port, assets }: { port: number; assets: string }): Promise<RunningServer> {
  const token = newToken();
  const server = createServer();
  await listen(server, port);
  const bound = (server.address() as AddressInfo).port;
  const guard = new Guard(bound, token);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: LARGEST_MESSAGE_BYTES });
  const uploads = new Uploads();
  const takeWeights = async (request: IncomingMessage, name: string): Promise<void> =>
    session.useWeights(await uploads.receive(request, name));
  server.on("request", (request, response) => respond(request, response, { guard, token, assets, takeWeights }));
  server.on("upgrade", (request, socket, head) => {
    if (targetOf(request)?.pathname !== "/rpc" || !guard.admitsSocket(request)) return refuseSocket(socket);
    sockets.handleUpgrade(request, socket, head, (page: WebSocket) => session.attach(socketConnection(page)));
  });
  return {
    url: `http://${LOOPBACK}:${bound}/?token=${token}`,
    async close() {
      for (const page of sockets.clients) page.terminate();
      server.closeAllConnections();
      server.close();
      uploads.dispose();
      await once(server, "close");
    },
  };
}

async function listen(server: ReturnType<typeof createServer>, port: number): Promise<void> {
  try {
    server.listen(port, LOOPBACK);
    await once(server, "listening");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UserError(`Port ${port} cannot be listened on (${code}); choose another with --port, or leave it out for any that is free.`);
  }
}

interface Site {
  guard: Guard;
  token: string;
  assets: string;
  takeWeights(request: IncomingMessage, name: string): Promise<void>;
}

function respond(request: IncomingMessage, response: ServerResponse, site: Site): void {
  const path = targetOf(request)?.pathname ?? "";
  const type = ASSETS.get(path);
  if (request.method === "POST" && path === "/weights" && site.guard.admitsSocket(request)) receive(request, response, site);
  else if (request.method !== "GET" && request.method !== "HEAD") end(response, 405, "Only GET.");
  else if (!site.guard.admits(request)) end(response, 403, "This address needs the token that layerscope printed.");
  else if (path === "/") sendPage(response, site.token, request.headers.host ?? "");
  else if (path === "/texts.json") sendTexts(response);
  else if (type !== undefined) sendFile(response, join(site.assets, path), type);
  else end(response, 404, "There is no such file here.");
}

/** What is wrong with the weights is for the person who chose them. */
function receive(request: IncomingMessage, response: ServerResponse, { takeWeights }: Site): void {
  takeWeights(request, targetOf(request)?.searchParams.get("name") ?? "").then(
    () => end(response, 200, "Taken."),
    (error: unknown) => end(response, 422, error instanceof Error ? error.message : String(error)),
  );
}

function sendPage(response: ServerResponse, token: string, host: string): void {
  const { html, policy } = pageAnswer(token, host);
  response.writeHead(200, { ...HEADERS, "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": policy });
  response.end(html);
}

/** Those of the language that the terminal speaks. */
function sendTexts(response: ServerResponse): void {
  const file = textsFile(languageOf(process.env));
  if (file === null) end(response, 404, "English is in the page itself.");
  else sendFile(response, file, "application/json; charset=utf-8");
}

function sendFile(response: ServerResponse, path: string, type: string): void {
  const file = createReadStream(path);
  file.once("open", () => response.writeHead(200, { ...HEADERS, "Content-Type": type }));
  file.once("error", () => end(response, 404, "This file is missing from the installation."));
  file.pipe(response);
}

function end(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { ...HEADERS, "Content-Type": "text/plain; charset=utf-8" });
  response.end(`${text}\n`);
}

function refuseSocket(socket: Duplex): void {
  // Whoever is refused may have hung up already.
  socket.on("error", () => socket.destroy());
  socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n");
}
