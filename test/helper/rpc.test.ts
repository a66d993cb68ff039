import { PassThrough } from "node:stream";
import { describe, expect, expectTypeOf, test } from "vitest";
import {
  type CancellationToken,
  createMessageConnection,
  ResponseError,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-jsonrpc/node";
import type { HelperClient } from "../../src/helper/client";
import { DEADLINES_MS } from "../../src/helper/deadlines";
import { errorFromWire, errorToWire, HelperFailure, isCancelled } from "../../src/helper/failure";
import type { HelperApi, OpenedModel, ProbeReply } from "../../src/helper/protocol";
import { answerRequests, type Local, notify, type Remote, request } from "../../src/helper/rpc";
import { type AskedProbe, UserError } from "../../src/model";

interface Toy {
  add(a: number, b: number): number;
  lists(values: number[]): number[];
  nothing(): void;
}
const none = { isCancellationRequested: false, onCancellationRequested: () => ({ dispose() {} }) };

function pair(work: Local<Toy>) {
  const [there, back] = [new PassThrough(), new PassThrough()];
  const asking = createMessageConnection(new StreamMessageReader(back), new StreamMessageWriter(there));
  const answering = createMessageConnection(new StreamMessageReader(there), new StreamMessageWriter(back));
  answerRequests<Toy>(answering, work);
  asking.listen();
  answering.listen();
  return { asking, answering };
}

describe("one interface is the protocol", () => {
  test("callers and workers derive their types from it", () => {
    expectTypeOf<Remote<HelperApi>["runProbe"]>().parameters.toEqualTypeOf<
      [modelId: string, probe: AskedProbe, token?: CancellationToken]
    >();
    expectTypeOf<Remote<HelperApi>["openModel"]>().returns.resolves.toEqualTypeOf<OpenedModel>();
    expectTypeOf<Local<HelperApi>["runProbe"]>().returns.toEqualTypeOf<ProbeReply | Promise<ProbeReply>>();
    expectTypeOf<HelperClient>().toExtend<Remote<HelperApi>>();
  });

  test("a method that is not there, or the wrong arguments, do not compile", () => {
    const { asking } = pair({ add: (a, b) => a + b, lists: (values) => values, nothing() {} });
    // @ts-expect-error no such method
    const misspelt = () => request<Toy, "ad">(asking, "ad", [1, 2], none);
    // @ts-expect-error a string is no number
    const mistyped = () => request<Toy, "add">(asking, "add", [1, "2"], none);
    // @ts-expect-error too few
    const short = () => notify<Toy, "add">(asking, "add", [1]);
    expect([misspelt, mistyped, short]).toHaveLength(3);
  });

  test("every method has a deadline", () => {
    expectTypeOf<keyof typeof DEADLINES_MS>().toEqualTypeOf<keyof HelperApi | "runNumbers">();
    for (const ms of Object.values(DEADLINES_MS)) expect(ms).toBeGreaterThan(0);
  });
});

test("arguments cross by position, an array alone included, and nothing comes back as nothing", async () => {
  const { asking } = pair({ add: (a, b) => a + b, lists: (values) => values.map((value) => value * 2), nothing() {} });
  expect(await request<Toy, "add">(asking, "add", [1, 2], none)).toBe(3);
  expect(await request<Toy, "lists">(asking, "lists", [[1, 2]], none)).toEqual([2, 4]);
  expect(await request<Toy, "nothing">(asking, "nothing", [], none)).toBeNull();
});

test.each([
  [new UserError("mend this."), UserError, { message: "mend this." }],
  [new HelperFailure("evicted", "gone"), HelperFailure, { kind: "evicted", message: "gone" }],
  [new HelperFailure("timeout", "late"), HelperFailure, { kind: "timeout", message: "late" }],
  [new DOMException("stop", "AbortError"), HelperFailure, { kind: "cancelled" }],
  [new RangeError("deep"), HelperFailure, { kind: "internal", message: expect.stringContaining("RangeError: deep") }],
  ["a string", HelperFailure, { kind: "internal", message: expect.stringContaining("a string") }],
])("%s crosses the wire as what it is", async (thrown, type, fields) => {
  const { asking } = pair({
    add() {
      throw thrown;
    },
    lists: () => [],
    nothing() {},
  });
  const error = await request<Toy, "add">(asking, "add", [1, 2], none).catch((failed: unknown) => failed);
  expect(error).toBeInstanceOf(type);
  expect(error).toMatchObject(fields);
});

test("an error that already crossed once is wrapped once", () => {
  const once = errorToWire(new TypeError("x"));
  const twice = errorToWire(errorFromWire(once));
  expect(twice.message).toBe(once.message);
  expect(errorToWire(once)).toBe(once);
});

test("a broken connection and foreign codes are failures too", () => {
  expect(errorFromWire(new Error("write EPIPE"))).toMatchObject({ kind: "crashed" });
  expect(errorFromWire(new ResponseError(-32601, "Unhandled method x"))).toMatchObject({ kind: "internal" });
  expect(isCancelled(errorFromWire(new ResponseError(-32800, "")))).toBe(true);
  expect(isCancelled(new UserError("no"))).toBe(false);
});
