// A helper without models, whose probes end in each way that a request can end: the probe's `fill` chooses.
import { IPCMessageReader, IPCMessageWriter } from "vscode-jsonrpc/node";
import { HelperFailure } from "../../../src/helper/failure";
import type { OpenedModel, ProbeReply } from "../../../src/helper/protocol";
import { serveHelper } from "../../../src/helper/server";
import { UserError } from "../../../src/model";

process.on("disconnect", () => process.exit(0));
const open = new Map<string, string>();
let probesBegun = 0;
let isFileGone = false;

const reply = (text: string) => ({ headline: { tone: "passed", text } }) as ProbeReply;
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const endings: Record<string, () => ProbeReply | Promise<ProbeReply>> = {
  hang: () => {
    for (;;);
  },
  busy: () => {
    for (const end = Date.now() + 200; Date.now() < end; );
    return reply("busy");
  },
  never: () => new Promise(() => {}),
  slow: () => sleep(150).then(() => reply("slow")),
  exit: () => process.exit(3),
  throwOutside: () => {
    setImmediate(() => {
      throw new TypeError("outside of any request");
    });
    return new Promise(() => {});
  },
  memory: () => {
    const hoard: number[][] = [];
    for (;;) hoard.push(new Array(100_000).fill(hoard.length));
  },
  user: () => {
    throw new UserError("model.h5 is empty; choose another file.");
  },
  internal: () => {
    throw new TypeError("x is not a function\n    at somewhere");
  },
  print: () => {
    console.log("noise on standard output");
    return reply("printed");
  },
  environment: () => reply(String(process.env["NODE_OPTIONS"])),
  evictOnce: () => {
    open.clear();
    throw new HelperFailure("evicted", "gone");
  },
  loseFile: () => {
    isFileGone = true;
    open.clear();
    throw new HelperFailure("evicted", "gone");
  },
};

serveHelper(new IPCMessageReader(process), new IPCMessageWriter(process), {
  openModel(source) {
    if (source.kind !== "zoo") throw new UserError("only the zoo here");
    if (isFileGone) {
      isFileGone = false;
      throw new UserError("the file is gone");
    }
    const modelId = `m${open.size + 1}`;
    open.set(modelId, source.spec);
    return { modelId, name: source.spec } as OpenedModel;
  },
  runProbe(modelId, probe) {
    probesBegun++;
    const spec = open.get(modelId);
    if (spec === undefined) throw new HelperFailure("evicted", "gone");
    const special = probe.fill === "evictOnce" && probesBegun > 1 ? undefined : endings[probe.fill];
    return special ? special() : reply(`${spec} in ${process.pid}, probe ${probesBegun}`);
  },
  findHeads: () => {
    throw new TypeError("no heads here");
  },
  findSizes: () => {
    throw new TypeError("no sizes here");
  },
  async ask(modelId, probe, question, _wish, _other, token) {
    if (probe.fill === "never") return endings["never"]?.() as never;
    if (!open.has(modelId) || token.isCancellationRequested) throw new HelperFailure("evicted", "gone");
    return [{ title: `${open.get(modelId)} ${question}`, text: [] }];
  },
  picture: () => null,
  closeModel(modelId) {
    open.delete(modelId);
  },
  listZoo: () => [],
});
