import type { Constant, Layer, LayerReport, Model, Network, Report } from "../../src/model";
import type { WrittenNode } from "./probes";

/** A model as it was opened, with the nodes as its file has them. */
export interface OpenedGraph {
  model: Model;
  written: readonly WrittenNode[];
}

/** What a report says of a node. */
export interface Held {
  status: LayerReport["status"];
  shapes: number[][];
}

/** Operations that hand on the one tensor that they read; those of loops become the loop's variables. */
const HANDS_ON = new Set(["Identity", "StopGradient", "PreventGradient", "Snapshot", "Enter", "Exit", "NextIteration", "LoopCond"]);

/** What a report says of the nodes of a file, also of those that were folded into others or went into the parts of a loop. */
export class Ours {
  private readonly rows = new Map<string, LayerReport>();
  private readonly nodes: Map<string, WrittenNode>;
  private readonly folders = new Map<string, { layer: Layer; name: string }>();
  private readonly chosen = new Map<string, boolean>();

  constructor(
    { model, written }: OpenedGraph,
    private readonly report: Report,
  ) {
    this.nodes = new Map(written.map((node) => [node.name, node]));
    for (const row of report.layers) for (const name of namesOf(row.id)) if (!this.rows.has(name)) this.rows.set(name, row);
    this.noteFolded(model.network);
  }

  /** A sentence where it is not there. */
  at(name: string): Held | string {
    const row = this.rows.get(name);
    const node = this.nodes.get(name);
    if (row) return { status: row.status, shapes: shapesOf(row, node) };
    if (node?.op === "Const") {
      const constant = this.constant(name);
      return constant ? { status: "ok", shapes: [constant.shape] } : "a constant that nobody holds";
    }
    if (!node || !HANDS_ON.has(node.op)) return `a ${node?.op ?? "node"} that is neither a layer nor folded`;
    const [only = "", output = "0"] = (node.input?.[0] ?? "").split(":");
    const source = this.at(only);
    return typeof source === "string" ? source : { ...source, shapes: source.shapes.slice(Number(output), Number(output) + 1) };
  }

  /** Ids of rows that stand for none of these nodes. */
  surplus(theirs: ReadonlySet<string>): string[] {
    const isTheirs = ({ id, nested }: LayerReport): boolean => nested !== undefined || namesOf(id).some((name) => theirs.has(name));
    return this.report.layers.filter((row) => !isTheirs(row)).map(({ id }) => id);
  }

  /** Whether a number decides if it runs: tfjs then leaves out what ours, without the number, runs too. */
  isChosen(name: string): boolean {
    const known = this.chosen.get(name);
    if (known !== undefined) return known;
    this.chosen.set(name, false); // a loop comes back to where it began
    const node = this.nodes.get(name);
    const inputs = (node?.input ?? []).map((input) => input.replace(/^\^/, "").replace(/:\d+$/, ""));
    const isChosen = node?.op === "Switch" || (node?.op !== "Merge" && inputs.some((input) => this.isChosen(input)));
    this.chosen.set(name, isChosen);
    return isChosen;
  }

  private noteFolded({ layers }: Network): void {
    for (const layer of layers) {
      for (const name of layer.operation?.folded ?? []) {
        const before = layer.id.slice(0, layer.id.length - layer.name.length);
        for (const known of namesOf(before + name)) if (!this.folders.has(known)) this.folders.set(known, { layer, name });
      }
      if (layer.network) this.noteFolded(layer.network);
    }
  }

  /** The constant of this name, by its place among what its reader reads. */
  private constant(name: string): Constant | null {
    const folder = this.folders.get(name);
    const reader = namesOf(folder?.layer.id ?? "").find((each) => this.nodes.has(each)) ?? "";
    const read = (this.nodes.get(reader)?.input ?? []).filter((input) => !input.startsWith("^"));
    const input = folder?.layer.operation?.inputs[read.findIndex((each) => this.isHandedOn(name, each))];
    return input && "constant" in input ? input.constant : null;
  }

  private isHandedOn(name: string, written: string): boolean {
    const [from = ""] = written.split(":");
    if (from === name) return true;
    const node = this.nodes.get(from);
    return node !== undefined && HANDS_ON.has(node.op) && this.isHandedOn(name, node.input?.[0] ?? "");
  }
}

/** A variable of a loop arrives once, where its Switch has one output for the next round and one for what comes after. */
function shapesOf({ className, output }: LayerReport, node: WrittenNode | undefined): number[][] {
  const [only] = output ?? [];
  return className === "InputLayer" && node?.op === "Switch" && only ? [only, only] : (output ?? []);
}

/** Names that a node with this id may have in its file: in a loop's parts they stand below the loop, which the file may not write. */
function namesOf(id: string): string[] {
  const [, loop, name] = /^(.*?)\/(?:loop\/)?(?:cond|body)\/(.*)$/.exec(id) ?? [];
  return name === undefined ? [id] : [id, `${loop}/${name}`, name];
}
