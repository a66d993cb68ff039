import type { ProbeReply } from "../../src/helper/protocol";
import { holdModel } from "../../src/helper/work";

/** The reply for a zoo model, by the real engine. `input`: batch first; the suggested shape where it is left out. */
export async function zooReply(spec: string, input?: number[]): Promise<ProbeReply> {
  const held = await holdModel({ kind: "zoo", spec });
  try {
    const [first] = held.opened.inputs;
    const inputs = input && first ? { [first.name]: input } : {};
    return await held.probe({ inputs, mode: "feed", engine: "shapes", fill: "zeros" });
  } finally {
    held.dispose();
  }
}
