// Images that the page of `layerscope serve` hands over: where they are kept, and which ones may fill a probe.
import type { ChildProcess } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { CancellationToken, type MessageConnection } from "vscode-jsonrpc/node";
import WebSocket from "ws";
import { socketConnection } from "../../src/cli/serve/socket";
import type { HostApi } from "../../src/helper/protocol";
import { request } from "../../src/helper/rpc";
import type { Probe } from "../../src/model";
import { Program } from "./program";

const PATIENCE = 30_000;
const TEST = join(import.meta.dirname, "..");
const IMAGE = join(TEST, "images/files/rgb.png");

let program: Program;
let served: ChildProcess;
let url: URL;
const pages: MessageConnection[] = [];

beforeAll(async () => {
  program = await Program.build();
  let printed = "";
  const words = ["serve", join(TEST, "fixtures/sequential.2.h5"), "--fill", `image:${IMAGE}`, "--engine", "wasm", "--no-open"];
  served = program.start(words);
  served.stdout?.on("data", (text) => (printed += text));
  await vi.waitFor(() => expect(printed).toContain("Ctrl-C"), PATIENCE);
  url = new URL(/http:\S+/.exec(printed)?.[0] ?? "");
}, 90_000);
afterAll(() => program.remove());

async function page(): Promise<MessageConnection> {
  const socket = new WebSocket(`ws://${url.host}/rpc${url.search}`, { origin: url.origin });
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
const probe = (fill: string): Probe => ({ inputs: {}, mode: "feed", engine: "wasm", fill });

test("the image of the command line fills the tensor, and may be asked for again", async () => {
  const asking = await page();
  const state = await ask(asking, "ready");
  expect(state).toMatchObject({ kind: "model", reply: { report: { numbers: { image: { name: "rgb.png", width: 37, height: 23 } } } } });
  expect((await ask(asking, "runProbe", probe(`image:${IMAGE}`))).report.numbers?.image?.name).toBe("rgb.png");
});

test("one that a page gives fills it, for other tabs too", async () => {
  const [asking, other] = [await page(), await page()];
  const given = { name: "../../odd:name.png", base64: readFileSync(IMAGE, "base64") };
  const fill = (await ask(asking, "chooseImage", given)) ?? "";
  expect(fill).toMatch(/^image:.*layerscope-\w+.1.odd_name\.png$/);
  const { report } = await ask(asking, "runProbe", probe(fill));
  expect(report.numbers?.image).toMatchObject({ name: "odd_name.png", inputs: [{ preprocessing: "none", because: "unknown" }] });
  const again = await ask(other, "runProbe", { ...probe(fill), preprocess: "unit" });
  expect(again.report.numbers?.image?.inputs).toMatchObject([{ preprocessing: "unit", because: "asked" }]);
});

test.each<[string, string, RegExp]>([
  ["a file that no page gave", `image:${import.meta.filename}`, /^This image is not at hand any more; choose it again\.$/],
  ["a fill that there is not", "noise", /^There is no fill "noise"; use zeros, ones, ramp, random:SEED or image:PATH\.$/],
])("%s is refused", async (_, fill, message) => {
  await expect(ask(await page(), "runProbe", probe(fill))).rejects.toThrow(message);
});

test("what is no image is said in words when it runs", async () => {
  const asking = await page();
  const fill = (await ask(asking, "chooseImage", { name: "cat.jpg", base64: "bm8gaW1hZ2U=" })) ?? "";
  await expect(ask(asking, "runProbe", probe(fill))).rejects.toThrow(/^cat\.jpg cannot fill a tensor: /);
  await expect(ask(asking, "chooseImage", null)).rejects.toThrow("A browser hands its image over");
});

test("images that pages gave are gone with the server, and that of the command line is not", async () => {
  const fill = (await ask(await page(), "chooseImage", { name: "kept.png", base64: "AA==" })) ?? "";
  const kept = fill.slice("image:".length);
  expect(existsSync(kept)).toBe(true);
  const ended = new Promise((resolve) => served.once("close", resolve));
  served.kill("SIGINT");
  await ended;
  expect([existsSync(kept), existsSync(IMAGE)]).toEqual([false, true]);
});
