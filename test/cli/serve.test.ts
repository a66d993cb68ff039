// `layerscope serve` as a process: what it prints, whom it lets in, and what the page can ask.
import { type ChildProcess, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { request as httpRequest } from "node:http";
import { connect, type Socket } from "node:net";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { CancellationToken, type MessageConnection } from "vscode-jsonrpc/node";
import WebSocket from "ws";
import { socketConnection } from "../../src/cli/serve/socket";
import type { HostApi, ProbeReply, ViewState } from "../../src/helper/protocol";
import { request } from "../../src/helper/rpc";
import type { Probe } from "../../src/model";
import { Program } from "./program";

/** How long a busy machine may take to start or end a process, in milliseconds. */
const PATIENCE = 30_000;

let program: Program;
let served: ChildProcess;
let printed = "";
let url: URL;
beforeAll(async () => {
  program = await Program.build();
  served = program.start(["serve", "EfficientNetB5", "--input", "128x128x1", "--no-open"]);
  served.stdout?.on("data", (text) => (printed += text));
  await vi.waitFor(() => expect(printed).toContain("Ctrl-C"), PATIENCE);
  url = new URL(/http:\S+/.exec(printed)?.[0] ?? "");
}, 90_000);
afterAll(() => program.remove());

/** The status that a request with just this target and these headers gets; nothing is normalized on the way. */
function status(target: string, headers: Record<string, string> = {}, method = "GET"): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = httpRequest({ host: "127.0.0.1", port: url.port, path: target, method, headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asked.on("error", reject).end();
  });
}

const token = () => url.searchParams.get("token") ?? "";
const tokened = (path: string) => `${path}?token=${token()}`;

const pages: MessageConnection[] = [];
async function page(origin = url.origin, target = tokened("/rpc")): Promise<MessageConnection> {
  const socket = new WebSocket(`ws://127.0.0.1:${url.port}${target}`, { origin });
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  const connection = socketConnection(socket);
  pages.push(connection);
  connection.listen();
  return connection;
}
afterAll(() => {
  for (const connection of pages) connection.end();
});

const ask = <M extends keyof HostApi>(on: MessageConnection, method: M, ...args: Parameters<HostApi[M]>) =>
  request<HostApi, M>(on, method, args, CancellationToken.None);
const probe = (...image: number[]): Probe => ({ inputs: { input_layer: image }, mode: "feed", engine: "shapes", fill: "zeros" });
const outputOf = (reply: ProbeReply) => reply.report.outputs[0]?.shape;
const shown = (state: ViewState) => (state.kind === "model" ? Object.values(state.probe.inputs)[0] : state.kind);

test("prints the report as inspect does, then the address", async () => {
  const inspected = await program.run(["inspect", "EfficientNetB5", "--input", "128x128x1"]);
  expect(printed).toBe(`${inspected.stdout}\nLayerscope is at ${url}\nCtrl-C ends it.\n`);
  expect(url.hostname).toBe("127.0.0.1");
});

describe("who is let in", () => {
  test.each<[string, () => string, Record<string, string>, number]>([
    ["the page", () => tokened("/"), {}, 200],
    ["a file of it", () => tokened("/view.js"), {}, 200],
    ["localhost by name", () => tokened("/"), { Host: "localhost:PORT" }, 200],
    ["no token", () => "/", {}, 403],
    ["no token for a file", () => "/view.css", {}, 403],
    ["a wrong token", () => `/?token=${"x".repeat(32)}`, {}, 403],
    ["a shorter token", () => `/?token=${token().slice(1)}`, {}, 403],
    ["a rebound name", () => tokened("/"), { Host: "evil.example" }, 403],
    ["a file that is not of the page", () => tokened("/helper.js"), {}, 404],
    ["a path out of it", () => tokened("/../cli.js"), {}, 404],
    ["an escaped path out of it", () => tokened("/..%2f..%2fpackage.json"), {}, 404],
    ["a path of the disk", () => tokened("//etc/passwd"), {}, 404],
  ])("%s", async (_, target, headers, expected) => {
    const filled = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.replace("PORT", url.port)]));
    expect(await status(target(), filled)).toBe(expected);
  });

  test("only to read", async () => expect(await status(tokened("/"), {}, "POST")).toBe(405));

  test("a request that is no proper one ends nothing", async () => {
    const socket: Socket = connect(Number(url.port), "127.0.0.1");
    socket.end("GET http://[bad/?token= HTTP/1.1\r\nHost: x\r\n\r\n");
    await new Promise((resolve) => socket.resume().once("close", resolve));
    expect(await status(tokened("/"))).toBe(200);
  });

  test("a socket that is refused and torn down ends nothing", async () => {
    const upgrade =
      "GET /rpc HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n";
    for (let attempt = 0; attempt < 20; attempt++) {
      const socket: Socket = connect(Number(url.port), "127.0.0.1");
      socket.write(upgrade, () => socket.resetAndDestroy());
      await new Promise((resolve) => socket.once("close", resolve));
    }
    expect(await status(tokened("/"))).toBe(200);
  });

  test.each([
    ["no token", () => page(url.origin, "/rpc")],
    ["a page of another site", () => page("http://evil.example")],
    ["a page of another port", () => page("http://127.0.0.1:1")],
    ["another path", () => page(url.origin, tokened("/"))],
  ])("no WebSocket for %s", async (_, open) => {
    await expect(open()).rejects.toThrow("403");
  });

  test("the page allows nothing inline and no frames around it", async () => {
    const response = await fetch(url);
    const html = await response.text();
    expect(response.headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect(html).toContain("default-src 'none'");
    expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|\son\w+=|unsafe-(inline|eval)/);
    expect(response.headers.get("referrer-policy")).toBe("no-referrer");
  });
});

describe("what the page can ask", () => {
  test("ready gives the whole state, again and again", async () => {
    const asking = await page();
    const states = [await ask(asking, "ready"), await ask(asking, "ready")];
    expect(states.map(shown)).toEqual([
      [1, 128, 128, 1],
      [1, 128, 128, 1],
    ]);
  });

  test("a probe is answered, remembered, and shown in the other tabs", async () => {
    const [first, second] = [await page(), await page()];
    await ask(second, "ready");
    const told = new Promise<ViewState>((resolve) => second.onNotification("state", resolve));
    expect(outputOf(await ask(first, "runProbe", probe(1, 64, 64, 3)))).toEqual([1, 2, 2, 2048]);
    expect(shown(await told)).toEqual([1, 64, 64, 3]);
    expect(shown(await ask(await page(), "ready"))).toEqual([1, 64, 64, 3]);
  });

  test("a probe that cannot be is refused in words, and changes nothing", async () => {
    const asking = await page();
    const before = await ask(asking, "ready");
    await expect(ask(asking, "runProbe", probe(1, 0, 64, 3))).rejects.toThrow("0 is not a whole number above 0");
    await expect(ask(asking, "runProbe", { hello: "world" } as unknown as Probe)).rejects.toThrow();
    expect(shown(await ask(asking, "ready"))).toEqual(shown(before));
  });

  test("a newer probe cancels the older", async () => {
    const asking = await page();
    const asked = [60, 61, 62, 63, 64].map((side) =>
      ask(asking, "runProbe", probe(1, side, side, 3)).then(outputOf, (error) => error.kind),
    );
    expect((await Promise.all(asked)).at(-1)).toEqual([1, 2, 2, 2048]);
    expect((await Promise.all(asked)).slice(0, -1)).toContain("cancelled");
  });

  test("a killed helper comes back with the next probe", async () => {
    const asking = await page();
    const [helper] = childrenOf(served.pid as number);
    process.kill(helper as number, "SIGKILL");
    await ask(asking, "runProbe", probe(1, 32, 32, 3)).catch((error) => expect(error.kind).toBe("crashed"));
    expect(outputOf(await ask(asking, "runProbe", probe(1, 32, 32, 3)))).toEqual([1, 1, 1, 2048]);
    expect(served.exitCode).toBeNull();
  });

  test("whoever speaks no JSON-RPC is shown out, and nobody else", async () => {
    const stranger = new WebSocket(`ws://127.0.0.1:${url.port}${tokened("/rpc")}`, { origin: url.origin });
    stranger.once("open", () => stranger.send("not json"));
    await new Promise((resolve) => stranger.once("close", resolve));
    expect(shown(await ask(await page(), "ready"))).toBeDefined();
  });
});

test("a port that is taken is one line", async () => {
  const outcome = await program.run(["serve", "VGG16", "--no-open", "--port", url.port]);
  expect(outcome).toMatchObject({ status: 2, stdout: "" });
  expect(outcome.status).toBe(2);
  expect(outcome.stderr).toBe(
    `layerscope: Port ${url.port} cannot be listened on (EADDRINUSE); choose another with --port, or leave it out for any that is free.\n`,
  );
});

test.each(["SIGINT", "SIGTERM"] as const)("%s ends it, and its helper, with status 0", async (signal) => {
  const child = program.start(["serve", "VGG16", "--no-open"]);
  await new Promise<void>((resolve) => child.stdout?.on("data", (text) => String(text).includes("Ctrl-C") && resolve()));
  const helpers = childrenOf(child.pid as number);
  const ended = new Promise((resolve) => child.once("close", resolve));
  child.kill(signal);
  expect(await ended).toBe(0);
  expect(helpers).toHaveLength(1);
  await vi.waitFor(() => expect(() => process.kill(helpers[0] as number, 0)).toThrow(), PATIENCE);
});

test("Ctrl-C while the model is still being opened ends it as well", async () => {
  const child = program.start(["serve", "VGG16", "--no-open"]);
  let complaints = "";
  child.stderr?.on("data", (text) => (complaints += text));
  const ended = new Promise((resolve) => child.once("close", resolve));
  // Its helper is there: it waits for the model.
  await vi.waitFor(() => expect(childrenOf(child.pid as number)).toHaveLength(1), PATIENCE);
  child.kill("SIGINT");
  expect([await ended, complaints]).toEqual([0, ""]);
});

/** Processes that `pid` has started: as Linux lists them, elsewhere as `ps` does. */
function childrenOf(pid: number): number[] {
  const pairs = existsSync("/proc/self") ? listed() : listedByPs();
  return pairs.filter(([, parent]) => parent === pid).map(([child]) => child);
}

function listed(): [pid: number, parent: number | null][] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => [Number(name), parentOf(name)]);
}

function listedByPs(): [pid: number, parent: number][] {
  const [command, ...words] = ["ps", "-A", "-o", "pid=,ppid="] as const;
  const lines = spawnSync(command, words, { encoding: "utf8" }).stdout.trim().split("\n");
  return lines.map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
}

function parentOf(pid: string): number | null {
  try {
    return Number(/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
  } catch {
    // It ended while we looked.
    return null;
  }
}
