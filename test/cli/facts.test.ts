import { expect, test } from "vitest";
import { titleFacts } from "../../src/cli/inspect/facts";

const graph = (signature: string | null, signatures: string[], fold = true) => ({ graph: { signature, signatures, fold } });

test.each([
  ["a model of layers", {}, ["a note"]],
  ["a graph without signatures", graph(null, []), ["a note"]],
  ["its only signature", graph("serve", ["serve"]), ["a note"]],
  ["one of several", graph("serve", ["serve", "encode", "decode"]), ["signature serve (also ?signature=encode, decode)", "a note"]],
  ["an unfolded one", graph(null, [], false), ["unfolded", "a note"]],
])("behind the name of %s", (_, opened, facts) => expect(titleFacts({ facts: ["a note"], ...opened })).toEqual(facts));
