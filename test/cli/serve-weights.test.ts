// Weights for a model that has none: named on the command line of `serve`, or handed over by its page.
import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { CancellationToken } from "vscode-jsonrpc/node";
import WebSocket from "ws";
import { socketConnection } from "../../src/cli/serve/socket";
import type { HostApi, ViewState } from "../../src/helper/protocol";
import { request } from "../../src/helper/rpc";
import { weightArchives } from "../numbers/weights";
import { Program } from "./program";

const PATIENCE = 60_000;

let program: Program;
let url: URL;
const states: ViewState[] = [];
let connection: ReturnType<typeof socketConnection>;

function laidOut(name: string, file: string, as: string): string {
  const source = weightArchives()
    .find((each) => each.name === name && each.kerasMajor === 2)
    ?.open(file);
  if (!source) throw new Error(`there is no ${name} in weights.br`);
  const path = program.scratch(as);
  writeFileSync(path, source.read(file, 0, source.size(file)));
  return path;
}

beforeAll(async () => {
  program = await Program.build();
  const model = laidOut("unet", "model.json", "plain.json");
  const words = ["--weights", laidOut("unet", "weights.h5", "named.h5"), "--engine", "wasm", "--no-open"];
  const served = program.start(["serve", model, ...words]);
  let printed = "";
  served.stdout?.on("data", (text) => (printed += text));
  await vi.waitFor(() => expect(printed).toContain("Ctrl-C"), PATIENCE);
  url = new URL(/http:\S+/.exec(printed)?.[0] ?? "");
  const socket = new WebSocket(`ws://127.0.0.1:${url.port}/rpc${url.search}`, { origin: url.origin });
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  connection = socketConnection(socket);
  connection.onNotification("state", (state: ViewState) => {
    states.push(state);
  });
  connection.listen();
}, 90_000);
afterAll(() => {
  connection?.end();
  program.remove();
});

const numbersOf = (state: ViewState | undefined) => (state?.kind === "model" ? state.reply.report.numbers : undefined);
const now = () => request<HostApi, "ready">(connection, "ready", [], CancellationToken.None);

/** Hands a file over as the page does. */
async function upload(name: string, path: string, headers: Record<string, string> = { Origin: url.origin }) {
  const address = new URL("weights", url);
  address.search = new URLSearchParams({ token: url.searchParams.get("token") ?? "", name }).toString();
  const answer = await fetch(address, { method: "POST", headers, body: readFileSync(path) });
  return { status: answer.status, text: (await answer.text()).trim() };
}

test("those that were named are there from the beginning", async () => {
  expect(numbersOf(await now())).toMatchObject({ drawn: [], surplus: [], weightsNote: "The weights are those of named.h5." });
});

describe("handed over by the page", () => {
  test(
    "they are taken, and every page is told",
    async () => {
      const path = laidOut("unet", "weights.h5", "mine.h5");
      expect(await upload("../../mine.h5", path)).toEqual({ status: 200, text: "Taken." });
      await vi.waitFor(() => expect(states).toHaveLength(1), PATIENCE);
      expect(numbersOf(states[0])).toMatchObject({ drawn: [], weightsNote: "The weights are those of mine.h5." });
      expect(states[0]).toEqual(await now());
    },
    PATIENCE,
  );

  test.each<[string, string, string, RegExp]>([
    ["of another model", "vgg.h5", "vgg-like", /^The weights in vgg\.h5 cannot be used: it has weights of \d+ layers/],
    ["of another kind", "weights.zip", "unet", /^weights\.zip has no weights: choose a \.h5 or \.keras file\.$/],
    ["without a name", "", "unet", /^A file without a name has no weights/],
  ])("a file %s is refused in one sentence, and all is as before", async (_, name, archive, message) => {
    const before = await now();
    const { status, text } = await upload(name, laidOut(archive, "weights.h5", "other.h5"));
    expect({ status, text }).toEqual({ status: 422, text: expect.stringMatching(message) });
    expect(await now()).toEqual(before);
  });

  test("a page of another site hands nothing over", async () => {
    const path = laidOut("unet", "weights.h5", "mine.h5");
    expect((await upload("mine.h5", path, { Origin: "http://elsewhere.example" })).status).toBe(405);
    expect((await upload("mine.h5", path, {})).status).toBe(405);
  });
});
