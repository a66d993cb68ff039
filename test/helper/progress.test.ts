import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { CancellationTokenSource } from "vscode-jsonrpc/node";
import { HelperClient } from "../../src/helper/client";
import { fewerWeights, throttled } from "../../src/helper/progress";
import { type AskedProbe, type Progress, progressWords } from "../../src/model";
import { Program } from "../cli/program";

const layer = (done: number): Progress => ({ phase: "layers", layer: `l${done}`, done, of: 9 });
const weight = (done: number): Progress => ({ phase: "weights", done, of: 9 });

test.each([
  [layer(3), "l3, 3 of 9"],
  [weight(3), "weights, 3 of 9"],
])("%j in words", (progress, words) => expect(progressWords(progress)).toBe(words));

describe("what is passed on", () => {
  afterEach(() => void vi.useRealTimers());

  test("of many in quick succession the first at once, the newest after each pause, and none after the end", () => {
    vi.useFakeTimers();
    const heard: number[] = [];
    const { tell, stop } = throttled(({ done }) => heard.push(done), 100);
    for (const done of [1, 2, 3]) tell(layer(done));
    expect(heard).toEqual([1]);
    vi.advanceTimersByTime(100);
    expect(heard).toEqual([1, 3]);
    tell(layer(4));
    stop();
    tell(layer(5));
    vi.advanceTimersByTime(1000);
    expect(heard).toEqual([1, 3]);
  });

  test("of weights some, of layers each", () => {
    const heard: string[] = [];
    const tell = fewerWeights((progress) => heard.push(progressWords(progress)));
    for (const done of [1, 2, 3]) tell(weight(done));
    for (const done of [1, 2]) tell(layer(done));
    expect(heard).toEqual(["weights, 1 of 9", "l1, 1 of 9", "l2, 2 of 9"]);
  });
});

describe("a model with half a gigabyte of weights, in the helper process", () => {
  let program: Program;
  let helper: HelperClient;
  beforeAll(async () => {
    program = await Program.build();
    helper = new HelperClient({ script: program.scratch("helper.js") });
  }, 90_000);
  afterAll(() => {
    helper.dispose();
    program.remove();
  });
  const probe: AskedProbe = { inputs: { input_layer: [1, 224, 224, 3] }, mode: "feed", engine: "wasm", fill: "ramp" };

  test("is left alone while its weights are drawn: the process answers others at once and lives on", async () => {
    const { modelId } = await helper.openModel({ kind: "zoo", spec: "VGG16?include_top=true" });
    const { pid } = helper;
    const stop = new CancellationTokenSource();
    let isAmongTheLargest = () => {};
    const reached = new Promise<void>((resolve) => {
      isAmongTheLargest = resolve;
    });
    const run = helper.runProbe(modelId, probe, stop.token, ({ done }) => done > 20 && isAmongTheLargest());
    const ended = expect(run).rejects.toMatchObject({ kind: "cancelled" });
    await reached;
    const since = performance.now();
    stop.cancel();
    await ended;
    await helper.picture(modelId, "input_layer");
    // Some 30 ms where nothing else runs; all weights take seconds.
    expect(performance.now() - since).toBeLessThan(600);
    expect(helper.pid).toBe(pid);
  }, 60_000);

  test("tells which layer of how many runs", async () => {
    const { modelId } = await helper.openModel({ kind: "zoo", spec: "MobileNetV2" });
    const heard: Progress[] = [];
    const { report } = await helper.runProbe(modelId, { ...probe, inputs: { input_layer: [1, 96, 96, 3] } }, undefined, (progress) =>
      heard.push(progress),
    );
    const layers = heard.filter((each) => each.phase === "layers");
    expect(layers.length).toBeGreaterThan(0);
    for (const { layer, done, of } of layers) {
      expect(of).toBe(report.layers.length - 1);
      expect(report.layers[done]?.id).toBe(layer);
    }
    expect(layers.map(({ done }) => done)).toEqual(layers.map(({ done }) => done).sort((a, b) => a - b));
  }, 60_000);
});
