import { describe, expect, test } from "vitest";
import type { CancellationToken } from "vscode-jsonrpc";
import { Inspection, probeFor, suggestedProbe } from "../../src/extension/inspection";
import type { HelperApi, OpenedModel, ProbeReply } from "../../src/helper/protocol";
import type { Remote } from "../../src/helper/rpc";
import { type AskedProbe, type Probe, UserError } from "../../src/model";

const model: OpenedModel = {
  modelId: "m",
  name: "A",
  format: "zoo",
  producer: null,
  layers: 1,
  parameters: 0,
  inputs: [{ name: "x", declared: [null, 8], dtype: "float32", suggested: [1, 8] }],
  facts: [],
};
const probe = (size: number): Probe => ({ inputs: { x: [1, size] }, mode: "feed", engine: "shapes", fill: "zeros" });

/** A helper whose answers the test gives, one by one. */
function fakeHelper() {
  const asked: { method: string; args: unknown[]; answer: (value: unknown) => void; fail: (error: Error) => void }[] = [];
  const ask =
    (method: string) =>
    (...args: unknown[]) =>
      new Promise((answer, fail) => asked.push({ method, args, answer, fail }));
  const helper = Object.fromEntries(["openModel", "runProbe", "picture", "ask", "closeModel", "listZoo"].map((name) => [name, ask(name)]));
  return { asked, helper: helper as unknown as Remote<HelperApi> };
}
const reply = (text: string) => ({ headline: { tone: "passed", text } }) as ProbeReply;
const tick = () => new Promise((resolve) => setImmediate(resolve));

function inspect(engine: AskedProbe["engine"] = "shapes") {
  const { asked, helper } = fakeHelper();
  const inspection = new Inspection(
    { kind: "zoo", spec: "A?keras=2" },
    { helper, sourceOf: async (ref) => (ref.kind === "zoo" ? ref : { kind: "path", path: ref.uri }), engine: () => engine },
  );
  const states: string[] = [];
  inspection.onDidChange(({ state }) => states.push(state.kind));
  return { inspection, asked, states };
}

describe("Inspection", () => {
  test("opens, probes, and closes the model in the end", async () => {
    const { inspection, asked, states } = inspect();
    const started = inspection.start(null);
    await tick();
    asked[0]?.answer(model);
    await tick();
    expect(asked[1]?.args.slice(0, 2)).toEqual(["m", suggestedProbe(model, "shapes")]);
    asked[1]?.answer(reply("ok"));
    await started;
    expect(states).toEqual(["loading", "model"]);
    inspection.dispose();
    expect(asked[2]).toMatchObject({ method: "closeModel", args: ["m"] });
  });

  test.each([{}, { edit: { cut: "c", append: "Dense(9)" } }])("keeps the probe with what is done to the model first: %j", async (edit) => {
    const { inspection, asked } = inspect();
    const started = inspection.start({ ...probe(9), ...edit });
    await tick();
    asked[0]?.answer(model);
    await tick();
    asked[1]?.answer(reply("ok"));
    await started;
    expect(JSON.parse(JSON.stringify(inspection.kept.probe))).toEqual({ ...probe(9), ...edit });
  });

  test("an engine that was left to the machine is the one that ran", async () => {
    const { inspection, asked } = inspect();
    const loaded = inspection.load();
    await tick();
    asked[0]?.answer(model);
    await loaded;
    const running = inspection.runProbe({ ...probe(9), engine: "auto" });
    await tick();
    asked[1]?.answer({ ...reply("ok"), report: { probe: { engine: "wasm" } } });
    await running;
    expect(inspection.probe).toEqual({ ...probe(9), engine: "wasm" });
  });

  test.each([
    [{}, null],
    [{ classes: 9 }, null],
    [{ other: "VGG16?keras=2" }, { kind: "zoo", spec: "VGG16?keras=2" }],
    [{ other: "file:///b.h5" }, { kind: "path", path: "file:///b.h5" }],
  ])("asks with the wish %j and the model %j", async (wish, other) => {
    const { inspection, asked } = inspect();
    const started = inspection.start(probe(9));
    await tick();
    asked[0]?.answer(model);
    await tick();
    asked[1]?.answer(reply("ok"));
    await started;
    const answers = inspection.ask("other", wish);
    await tick();
    expect(asked[2]).toMatchObject({ method: "ask", args: ["m", probe(9), "other", wish, other, undefined] });
    asked[2]?.answer([{ title: "Where?", text: [] }]);
    expect(await answers).toEqual([{ title: "Where?", text: [] }]);
  });

  test("a file that cannot be opened is a state, with the sentence", async () => {
    const { inspection, asked } = inspect();
    const started = inspection.start(null);
    await tick();
    asked[0]?.fail(new UserError("a.h5 is empty: save it again."));
    await started;
    expect(inspection.state).toEqual({ kind: "failed", title: "A", message: "a.h5 is empty: save it again." });
  });

  describe("on an engine with numbers", () => {
    const wanted = { ...probe(8), engine: "native" } as const;
    const begin = async () => {
      const { inspection, asked, states } = inspect();
      const started = inspection.start(wanted);
      await tick();
      asked[0]?.answer(model);
      await tick();
      asked[1]?.answer(reply("shapes"));
      await tick();
      return { inspection, asked, states, started };
    };
    test("shapes come first, then the numbers", async () => {
      const { inspection, asked, states, started } = await begin();
      expect(asked.slice(1).map(({ args }) => (args[1] as Probe).engine)).toEqual(["shapes", "native"]);
      expect(inspection.state).toMatchObject({ kind: "model", reply: reply("shapes"), probe: { engine: "shapes" } });
      asked[2]?.answer(reply("numbers"));
      await started;
      expect(inspection.state).toMatchObject({ kind: "model", reply: reply("numbers"), probe: { engine: "native" } });
      expect(states).toEqual(["loading", "model", "model"]);
    });
    test("shapes stay where that engine is not to be had", async () => {
      const { inspection, asked, started } = await begin();
      asked[2]?.fail(new UserError("The engine is not to be had here."));
      await started;
      expect(inspection.state).toMatchObject({ kind: "model", reply: reply("shapes"), probe: { engine: "shapes" } });
    });
  });

  test("a probe that fails keeps the last good state and tells who asked", async () => {
    const { inspection, asked } = inspect();
    const started = inspection.start(null);
    await tick();
    asked[0]?.answer(model);
    await tick();
    asked[1]?.answer(reply("ok"));
    await started;
    const second = inspection.runProbe(probe(9));
    await tick();
    asked[2]?.fail(new Error("crashed"));
    await expect(second).rejects.toThrow("crashed");
    expect(inspection.state).toMatchObject({ kind: "model", reply: reply("ok") });
  });

  test("a first probe that fails is the state", async () => {
    const { inspection, asked } = inspect();
    const started = inspection.start(null);
    await tick();
    asked[0]?.answer(model);
    await tick();
    asked[1]?.fail(new Error("crashed"));
    await started;
    expect(inspection.state).toMatchObject({ kind: "failed", message: "crashed" });
  });

  test("after a failure the next probe opens the model again", async () => {
    const { inspection, asked } = inspect();
    const started = inspection.start(null);
    await tick();
    asked[0]?.fail(new Error("crashed"));
    await started;
    const again = inspection.runProbe(probe(8));
    await tick();
    asked[1]?.answer(model);
    await tick();
    asked[2]?.answer(reply("ok"));
    await again;
    expect(inspection.state).toMatchObject({ kind: "model" });
  });

  test("an answer that comes after a newer one is dropped, and who asked is not told of it", async () => {
    const { inspection, asked } = inspect();
    const loading = inspection.load();
    await tick();
    asked[0]?.answer(model);
    await loading;
    const seen: unknown[] = [];
    inspection.onDidChange(({ state, by }) => seen.push([state.kind === "model" && state.probe.inputs["x"], by]));
    const older = inspection.runProbe(probe(1), { by: "view 1" });
    const newer = inspection.runProbe(probe(2), { by: "view 2" });
    await tick();
    asked[2]?.answer(reply("newer"));
    asked[1]?.answer(reply("older"));
    await Promise.all([older, newer]);
    expect(seen).toEqual([[[1, 2], "view 2"]]);
  });

  test("a model that was opened again is held once", async () => {
    const { inspection, asked } = inspect();
    const [older, newer] = [inspection.load(), inspection.load()];
    await tick();
    asked[1]?.answer({ ...model, modelId: "newer" });
    expect(await newer).toMatchObject({ modelId: "newer" });
    asked[0]?.answer({ ...model, modelId: "older" });
    expect(await older).toBeNull();
    inspection.dispose();
    expect(asked.slice(2).map(({ method, args }) => [method, args[0]])).toEqual([
      ["closeModel", "older"],
      ["closeModel", "newer"],
    ]);
  });

  test("opens a graph in another way, and again so when it loads again; nothing changes where that fails", async () => {
    const { asked, helper } = fakeHelper();
    const source = { kind: "path", path: "/m/encoder" } as const;
    const inspection = new Inspection(
      { kind: "file", uri: "file:///m/encoder/saved_model.pb" },
      { helper, sourceOf: async () => source, engine: () => "shapes" },
    );
    const started = inspection.start(null);
    for (const value of [model, reply("folded")]) {
      await tick();
      asked.at(-1)?.answer(value);
    }
    await started;
    const refused = inspection.openGraph({ signature: "none" });
    await tick();
    expect(asked[2]).toMatchObject({ method: "openModel", args: [{ ...source, signature: "none" }, undefined] });
    asked[2]?.fail(new UserError("no such signature"));
    await expect(refused).rejects.toThrow("no such signature");
    expect(inspection.model).toBe(model);
    const unfolded = inspection.openGraph({ fold: false });
    await tick();
    expect(asked[3]).toMatchObject({ method: "openModel", args: [{ ...source, fold: false }, undefined] });
    asked[3]?.answer({ ...model, modelId: "m2", inputs: [{ ...model.inputs[0], name: "y" }] });
    await tick();
    expect(asked[4]).toMatchObject({ method: "closeModel", args: ["m"] });
    expect(asked[5]?.args.slice(0, 2)).toEqual(["m2", { ...suggestedProbe(model, "shapes"), inputs: { y: [1, 8] } }]);
    asked[5]?.answer(reply("unfolded"));
    await unfolded;
    void inspection.load();
    await tick();
    expect(asked.at(-1)).toMatchObject({ method: "openModel", args: [{ ...source, fold: false }, undefined] });
  });

  test("takes the weights of a file, probes with numbers, and keeps them when it loads again", async () => {
    const { inspection, asked } = inspect();
    const started = inspection.start(null);
    for (const value of [model, reply("shapes")]) {
      await tick();
      asked.at(-1)?.answer(value);
    }
    await started;
    const taken = inspection.useWeights("/w/a.h5");
    await tick();
    expect(asked[2]).toMatchObject({ method: "openModel", args: [{ kind: "zoo", spec: "A?keras=2", weights: "/w/a.h5" }, undefined] });
    asked[2]?.answer({ ...model, modelId: "m2" });
    await tick();
    expect(asked[3]).toMatchObject({ method: "closeModel", args: ["m"] });
    expect(asked[4]?.args.slice(0, 2)).toEqual(["m2", { ...suggestedProbe(model, "shapes"), engine: "auto", fill: "ramp" }]);
    asked[4]?.answer({ ...reply("numbers"), report: { probe: { engine: "wasm" } } });
    await taken;
    expect(inspection.probe?.engine).toBe("wasm");
    void inspection.load();
    await tick();
    expect(asked.at(-1)).toMatchObject({ method: "openModel", args: [{ weights: "/w/a.h5" }, undefined] });
  });

  test("is as before where the weights do not fit", async () => {
    const { inspection, asked, states } = inspect();
    const started = inspection.start(null);
    for (const value of [model, reply("shapes")]) {
      await tick();
      asked.at(-1)?.answer(value);
    }
    await started;
    const taken = inspection.useWeights("/w/a.h5");
    await tick();
    asked[2]?.fail(new UserError("The weights in a.h5 cannot be used: it has others."));
    await expect(taken).rejects.toThrow("cannot be used");
    expect(inspection.model?.modelId).toBe("m");
    expect(states).toEqual(["loading", "model"]);
    expect(asked).toHaveLength(3);
  });

  test("passes cancellation on", async () => {
    const { inspection, asked } = inspect();
    const token = { isCancellationRequested: false } as CancellationToken;
    void inspection.load({ token });
    await tick();
    expect(asked[0]?.args[1]).toBe(token);
  });

  test("says nothing any more once it is disposed", async () => {
    const { inspection, asked, states } = inspect();
    const started = inspection.start(null);
    await tick();
    inspection.dispose();
    asked[0]?.answer(model);
    await started;
    expect(states).toEqual(["loading"]);
  });
});

test.each([
  ["the probe it was left with", probe(9), probe(9)],
  ["the suggestion, where the inputs changed", { ...probe(9), inputs: { y: [1, 2] } }, suggestedProbe(model, "shapes")],
  ["the suggestion, where there was none", null, suggestedProbe(model, "shapes")],
])("probeFor gives %s", (_name, wanted, given) => expect(probeFor(model, wanted, "shapes")).toEqual(given));
