import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { CancellationTokenSource } from "vscode-jsonrpc/node";
import { HelperClient, type HelperOptions } from "../../src/helper/client";
import { HelperFailure } from "../../src/helper/failure";
import { type Probe, UserError } from "../../src/model";
import { bundleForNode } from "./bundle";

let tiny: { path: string; remove(): void };
beforeAll(() => {
  tiny = bundleForNode(join(import.meta.dirname, "tiny/main.ts"));
});
afterAll(() => tiny.remove());

const clients: HelperClient[] = [];
function client(options: Partial<HelperOptions> = {}): HelperClient {
  const made = new HelperClient({ script: tiny.path, ...options });
  clients.push(made);
  return made;
}
afterEach(() => {
  for (const made of clients.splice(0)) made.dispose();
});

const probe = (fill = "zeros"): Probe => ({ inputs: {}, mode: "feed", engine: "shapes", fill });
const opened = async (helper: HelperClient, spec = "VGG16") => (await helper.openModel({ kind: "zoo", spec })).modelId;
const failure = (promise: Promise<unknown>) => promise.then(() => undefined).catch((error: unknown) => error);
const isRunning = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe("a request ends", () => {
  test("with its answer", async () => {
    const helper = client();
    expect(helper.pid).toBeUndefined();
    const reply = await helper.runProbe(await opened(helper), probe());
    expect(reply.headline.text).toBe(`VGG16 in ${helper.pid}, probe 1`);
    expect(await helper.listZoo()).toEqual([]);
  });

  test("with the user's error, word for word", async () => {
    const helper = client();
    const error = await failure(helper.runProbe(await opened(helper), probe("user")));
    expect(error).toBeInstanceOf(UserError);
    expect(error).toHaveProperty("message", "model.h5 is empty; choose another file.");
  });

  test("with an internal failure, in one sentence", async () => {
    const helper = client();
    const error = await failure(helper.runProbe(await opened(helper), probe("internal")));
    expect(error).toMatchObject({
      kind: "internal",
      message: expect.stringMatching(/^Layerscope itself went wrong \(TypeError: x is not a function\)[^\n]*\.$/),
    });
  });

  test("with its deadline, though the helper still answers others", async () => {
    const helper = client({ deadlinesMs: { runProbe: 100 }, cancelPatienceMs: 10_000 });
    const id = await opened(helper);
    const { pid } = helper;
    expect(await failure(helper.runProbe(id, probe("never")))).toMatchObject({
      kind: "timeout",
      message: "The probe took longer than 0.1 s and was given up.",
    });
    expect((await helper.runProbe(id, probe())).headline.text).toContain(`in ${pid},`);
  });

  test("with a deadline of its own where it runs on numbers", async () => {
    const helper = client({ deadlinesMs: { runProbe: 50, runNumbers: 10_000 } });
    const id = await opened(helper);
    expect(await failure(helper.runProbe(id, probe("slow")))).toMatchObject({ kind: "timeout" });
    expect((await helper.runProbe(id, { ...probe("slow"), engine: "wasm" })).headline.text).toBe("slow");
  });

  test("with its deadline, and the process too where it does not even answer that", async () => {
    const helper = client({ deadlinesMs: { runProbe: 100 }, cancelPatienceMs: 100 });
    const id = await opened(helper);
    const pid = helper.pid as number;
    expect(await failure(helper.runProbe(id, probe("hang")))).toMatchObject({ kind: "timeout" });
    await vi.waitFor(() => expect(isRunning(pid)).toBe(false), 20_000);
    expect((await helper.runProbe(id, probe())).headline.text).toMatch(/^VGG16 in \d+, probe 1$/);
    expect(helper.pid).not.toBe(pid);
  });

  test.each([
    ["exit", /^The helper process ended with code 3; it starts again with the next request\.$/],
    [
      "throwOutside",
      /^The helper process ended with code 1 \(TypeError: outside of any request\); it starts again with the next request\.$/,
    ],
  ])("with the crash of the process (%s)", async (how, message) => {
    const helper = client();
    const error = await failure(helper.runProbe(await opened(helper), probe(how)));
    expect(error).toMatchObject({ kind: "crashed", message: expect.stringMatching(message) });
  });

  test("with a word about memory where that ran out", async () => {
    const helper = client({ memoryLimitMb: 48 });
    const error = await failure(helper.runProbe(await opened(helper), probe("memory")));
    expect(error).toMatchObject({ kind: "crashed", message: expect.stringContaining("ran out of memory (its limit is 48 MB)") });
  });

  test("with its cancellation, at once", async () => {
    const helper = client();
    const source = new CancellationTokenSource();
    const id = await opened(helper);
    const waiting = failure(helper.runProbe(id, probe("slow"), source.token));
    source.cancel();
    expect(await waiting).toMatchObject({ kind: "cancelled" });
    expect(await failure(helper.runProbe(id, probe(), source.token))).toMatchObject({ kind: "cancelled" });
  });

  test("with its cancellation, and the process too where that hangs", async () => {
    const helper = client({ cancelPatienceMs: 100 });
    const source = new CancellationTokenSource();
    const id = await opened(helper);
    const pid = helper.pid as number;
    const waiting = failure(helper.runProbe(id, probe("hang"), source.token));
    setTimeout(() => source.cancel(), 50);
    expect(await waiting).toMatchObject({ kind: "cancelled" });
    await vi.waitFor(() => expect(isRunning(pid)).toBe(false), 20_000);
  });

  test("with the disposal of the client", async () => {
    const helper = client();
    const id = await opened(helper);
    const waiting = failure(helper.runProbe(id, probe("never")));
    helper.dispose();
    expect(await waiting).toMatchObject({ kind: "disposed" });
    expect(await failure(helper.listZoo())).toMatchObject({ kind: "disposed" });
  });

  test("where the process cannot be started at all", async () => {
    const error = await failure(client({ script: join(import.meta.dirname, "nowhere.js") }).listZoo());
    expect(error).toBeInstanceOf(HelperFailure);
    expect(error).toMatchObject({ kind: "crashed", message: expect.stringContaining("Cannot find module") });
  });
});

describe("probes of one model", () => {
  test("a newer one cancels the older; only the newest is answered, and those between are never begun", async () => {
    const helper = client();
    const id = await opened(helper);
    await helper.runProbe(id, probe());
    const older = [probe("busy"), probe(), probe()].map((asked) => failure(helper.runProbe(id, asked)));
    const newest = helper.runProbe(id, probe());
    for (const error of await Promise.all(older)) expect(error).toMatchObject({ kind: "cancelled" });
    expect((await newest).headline.text).toMatch(/probe [23]$/);
  });

  test("another model's probe is left alone", async () => {
    const helper = client();
    const [a, b] = [await opened(helper, "A"), await opened(helper, "B")];
    const [first, second] = await Promise.all([helper.runProbe(a, probe("slow")), helper.runProbe(b, probe())]);
    expect([first.headline.text, second.headline.text.slice(0, 4)]).toEqual(["slow", "B in"]);
  });
});

describe("after the process has gone", () => {
  test("open models are opened again, several requests at once included", async () => {
    const helper = client();
    const [a, b] = [await opened(helper, "A"), await opened(helper, "B")];
    const before = helper.pid;
    await failure(helper.runProbe(a, probe("exit")));
    const [first, second] = await Promise.all([helper.runProbe(b, probe()), helper.runProbe(a, probe())]);
    expect(helper.pid).not.toBe(before);
    expect([first.headline.text, second.headline.text].map((text) => text[0])).toEqual(["B", "A"]);
  });

  test("a kill from outside is survived", async () => {
    const helper = client();
    const id = await opened(helper);
    process.kill(helper.pid as number, "SIGKILL");
    const replies = [await failure(helper.runProbe(id, probe())), await failure(helper.runProbe(id, probe()))];
    expect(replies.at(-1)).toBeUndefined();
  });

  test("an idle process ends and comes back", async () => {
    const helper = client({ idleMs: 50 });
    const id = await opened(helper);
    const pid = helper.pid as number;
    await vi.waitFor(() => expect(isRunning(pid)).toBe(false), 20_000);
    expect((await helper.runProbe(id, probe())).headline.text).toContain("VGG16");
  });

  test("a model that the helper itself has dropped is opened again", async () => {
    const helper = client();
    expect((await helper.runProbe(await opened(helper), probe("evictOnce"))).headline.text).toContain("probe 2");
  });
});

test("a reopening that fails is tried anew by the next request", async () => {
  const helper = client();
  const id = await opened(helper);
  expect(await failure(helper.runProbe(id, probe("loseFile")))).toMatchObject({ name: "UserError", message: "the file is gone" });
  expect((await helper.runProbe(id, probe())).headline.text).toContain("VGG16");
});

test("closing a model starts no process, and its id is not good any more", async () => {
  const helper = client();
  const id = await opened(helper);
  await failure(helper.runProbe(id, probe("exit")));
  await helper.closeModel(id);
  expect(helper.pid).toBeUndefined();
  expect(await failure(helper.runProbe(id, probe()))).toMatchObject({ message: "This model was closed; open it again." });
});

test("what a library prints in the helper disturbs nothing, and NODE_OPTIONS does not reach it", async () => {
  vi.stubEnv("NODE_OPTIONS", "--no-warnings");
  const helper = client();
  const id = await opened(helper);
  expect((await helper.runProbe(id, probe("print"))).headline.text).toBe("printed");
  expect((await helper.runProbe(id, probe("environment"))).headline.text).toBe("undefined");
  vi.unstubAllEnvs();
});
