import { expect, test, vi } from "vitest";
import type { CallQuestion } from "../../../src/extension/hover/call-question";
import { CallReporter } from "../../../src/extension/hover/call-reports";
import type { HelperApi } from "../../../src/helper/protocol";
import type { Remote } from "../../../src/helper/rpc";
import { type Probe, UserError } from "../../../src/model";

const question: CallQuestion = {
  spec: "A",
  includeTop: false,
  weights: "imagenet",
  inputShape: [64, 64, 3],
  classes: null,
  reservations: [],
};

/** A model of three channels that reports what it was asked. */
function fakeHelper() {
  const input = { name: "x", declared: [null, null, null, 3], dtype: "float32" };
  const probes: Probe[] = [];
  const helper = {
    openModel: vi.fn(async ({ spec }: { spec: string }) => {
      if (spec === "Unknown") throw new UserError("no such model");
      return { modelId: "m", inputs: [{ ...input, suggested: [1, 32, 32, 3] }] };
    }),
    runProbe: vi.fn(async (_id: string, probe: Probe) => {
      probes.push(probe);
      return { report: { probe, model: { inputs: [input] } } };
    }),
    closeModel: vi.fn(async () => {}),
  };
  return { helper: helper as unknown as Remote<HelperApi> & typeof helper, probes };
}

test("asks for the declared tensor and for the same in one channel, once", async () => {
  const { helper, probes } = fakeHelper();
  const reporter = new CallReporter(helper);
  const [first, second] = await Promise.all([reporter.ask(question), reporter.ask({ ...question })]);
  expect(second).toBe(first);
  expect(probes.map(({ inputs, mode }) => [inputs["x"], mode])).toEqual([
    [[1, 64, 64, 3], "feed"],
    [[1, 64, 64, 1], "feed"],
  ]);
  expect(helper.closeModel).toHaveBeenCalledTimes(1);
});

test("takes the model's own size where the call names none", async () => {
  const { helper, probes } = fakeHelper();
  await new CallReporter(helper).ask({ ...question, inputShape: null });
  expect(probes[0]?.inputs["x"]).toEqual([1, 32, 32, 3]);
});

test("what is built without weights for another number of channels is a rebuilt model", async () => {
  const { helper } = fakeHelper();
  const reports = await new CallReporter(helper).ask({ ...question, weights: "none", inputShape: [64, 64, 1] });
  expect(reports.asked).toMatchObject({ probe: { mode: "rebuild" } });
  expect(reports.gray).toBeNull();
});

test("a failure is not kept", async () => {
  const { helper } = fakeHelper();
  const reporter = new CallReporter(helper);
  await expect(reporter.ask({ ...question, spec: "Unknown" })).rejects.toThrow("no such model");
  await expect(reporter.ask({ ...question, spec: "Unknown" })).rejects.toThrow("no such model");
  expect(helper.openModel).toHaveBeenCalledTimes(2);
});
