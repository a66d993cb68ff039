import { type LayerReport, type Report, sameShape } from "../../src/model";
import { areNear, hasMeanOf } from "./near";
import type { TensorFlowAnswer, TensorFlowNode } from "./saved";

export interface Comparison {
  /** How many nodes were compared. */
  compared: number;
  /** Of TensorFlow's nodes those that we do not know. */
  unknown: string[];
  differing: string[];
}

/** Operations that a variable or a constant becomes when a graph is frozen, or that hand on what they are given: they fold. */
const FOLDED = ["Const", "Identity", "ReadVariableOp", "StopGradient", "NoOp", "Placeholder", "PlaceholderWithDefault", "IdentityN"];
/** What holds a loop of TensorFlow 1 or a choice among many together: ours is one operation with networks inside. */
const FRAMES = ["Enter", "Merge", "Switch", "NextIteration", "Exit", "LoopCond", "_SwitchN"];
const NOT_COMPARED = new Set([...FOLDED, ...FRAMES]);

/** TensorFlow writes the branches of a choice among many out too, under names of its own. */
const BRANCH = /(^|\/)branch\d+\/_\d+\//;

/** Rows of ours that are none of TensorFlow's nodes: what is fed, and constants and variables that are outputs themselves. */
const OURS_ALONE = new Set(["InputLayer", "Const", "VarHandleOp", "VariableV2"]);

/** Where a report calls an operation otherwise, whichever spelling the file has. */
const NAMES_OF: { readonly [op: string]: string } = {
  StatelessWhile: "While",
  StatelessIf: "If",
  StatelessCase: "Case",
  ResourceGather: "Gather",
  ResourceGatherNd: "GatherNd",
  VariableShape: "Shape",
  GatherV2: "Gather",
};

/** What lies inside a loop or a choice: TensorFlow tells it of loops in frames only. */
const INSIDE = /^(?:.*?)\/(?:cond|body|then|else|branch_\d+)(?:\/(.*))?$/;

/** Every output and every node against TensorFlow's own, shapes and where the engine has them numbers; `outputs`: names of ours, in their order. */
export function compareSaved(report: Report, outputs: readonly string[], truth: TensorFlowAnswer): Comparison {
  const found: Comparison = { compared: 0, unknown: [], differing: [] };
  const isUnknown = report.layers.some(({ status }) => status === "unknown");
  const [ours, theirs] = [report.failure, truth.error];
  if (ours ? !theirs : theirs && !isUnknown)
    found.differing.push(`ours ${inWords(ours?.layer, ours?.message)}, TensorFlow ${inWords(theirs?.node, theirs?.message)}`);
  if (ours && theirs?.node && runs(report, theirs.node)) found.differing.push(`${theirs.node} fails in TensorFlow: ${theirs.message}`);
  if (ours || theirs) return found;
  compareOutputs(found, report, outputs, truth);
  compareNodes(found, report, truth.nodes ?? []);
  return found;
}

/** Whether all rows of this name run. Which of several operations that cannot run is the first one is chance, and some are fused with the next. */
function runs({ layers }: Report, node: string): boolean {
  const isIt = (id: string): boolean => [id, INSIDE.exec(id)?.[1] ?? ""].some((name) => innerName(name) === innerName(node));
  return layers.filter(({ id }) => isIt(id)).every(({ status }) => status === "ok");
}

const inWords = (where: string | null | undefined, message: string | undefined): string =>
  message ? `fails at ${where}: ${message}` : "runs";
const lineOf = (shapes: readonly (number[] | null)[]): string => shapes.map((shape) => (shape ? `(${shape.join(", ")})` : "-")).join(" ");

function compareOutputs(found: Comparison, report: Report, names: readonly string[], { outputs }: TensorFlowAnswer): void {
  const isWhole = report.outputs.length === names.length;
  // Outputs that nobody knows are left out of a report.
  if (!isWhole) return void found.unknown.push("an output");
  names.forEach((name, index) => {
    const [shape, numbers] = outputs?.[name] ?? [];
    const { shape: own, values } = report.outputs[index] as Report["outputs"][number];
    if (report.numbers && !areNear(values ?? [], numbers ?? []))
      found.differing.push(`output ${name}: ${values} ours, ${numbers} TensorFlow's`);
    if (!shape || !sameShape(shape, own))
      found.differing.push(`output ${name}: ${lineOf([own])} ours, ${lineOf([shape ?? null])} TensorFlow's`);
  });
}

/** How functions that are called are written out differs: what says only that something is called is left out of both names. */
const plainName = (name: string): string =>
  name
    .split("/")
    .filter((part) => !/^(Stateful)?PartitionedCall(_\d+)?$/.test(part))
    .join("/");

/** Names that are alike then are told apart by numbers, by each in its own way. */
const likeName = (name: string): string => plainName(name).replace(/(_\d+)+(?=\/|$)/g, "");

/** A scope around everything says nothing, and may be left out. */
const innerName = (name: string): string => likeName(name).replace(/^[^/]*\/(?=.*\/)/, "");

function compareNodes(found: Comparison, report: Report, nodes: readonly TensorFlowNode[]): void {
  const hasFrames = nodes.some(([, op]) => FRAMES.includes(op));
  const left = new Set(report.layers);
  const nameOf = ({ id }: LayerReport): string => (hasFrames ? (INSIDE.exec(id)?.[1] ?? id) : id);
  const open = nodes.filter(([name, op, shapes]) => !NOT_COMPARED.has(op) && !BRANCH.test(name) && shapes.some((shape) => shape !== null));
  const like = [plainName, likeName, innerName].reduce((waiting, plain) => {
    const rows = grouped([...left], (row) => plain(nameOf(row)));
    return waiting.filter((node) => !takeFitting(found, rows.get(plain(node[0])) ?? [], node, left));
  }, open);
  const rows = grouped(report.layers, (row) => innerName(nameOf(row)));
  found.differing.push(
    ...like.map(([name, op, shapes]) => `${name}: ${ourLine(rows.get(innerName(name)), op)} ours, ${lineOf(shapes)} TensorFlow's`),
  );
  if (nodes.length === 0) return;
  const known = new Set(nodes.flatMap(([name]) => [likeName(name), innerName(name)]));
  const isExtra = ({ id, className, nested }: LayerReport): boolean =>
    !OURS_ALONE.has(className) && !INSIDE.test(id) && !(nested && hasFrames) && !known.has(likeName(id)) && !known.has(innerName(id));
  found.differing.push(...report.layers.filter(isExtra).map(({ id, className }) => `${id}: ${className} is not in TensorFlow's`));
}

const ourLine = (rows: readonly LayerReport[] | undefined, op: string): string =>
  rows ? rows.map(({ output }) => lineOf(output ?? [])).join(" or ") : `no ${op}`;

/** Whether one of these rows is as the node is, or unknown; it then stands for no other. */
function takeFitting(found: Comparison, rows: LayerReport[], node: TensorFlowNode, left: Set<LayerReport>): boolean {
  const [, op, shapes] = node;
  const fits = (row: LayerReport): boolean =>
    (row.className === op || NAMES_OF[op] === row.className) && areSame(row.output ?? [], shapes) && hasMeanOf(row, node);
  const row =
    rows.find((each) => left.has(each) && each.status === "ok" && fits(each)) ??
    rows.find((each) => left.has(each) && each.status === "unknown");
  if (!row) return false;
  left.delete(row);
  if (row.status === "ok") found.compared++;
  else found.unknown.push(row.id);
  return true;
}

const areSame = (ours: readonly number[][], theirs: readonly (number[] | null)[]): boolean =>
  ours.length === theirs.length && theirs.every((shape, index) => !shape || sameShape(shape, ours[index] ?? []));

function grouped<T>(all: readonly T[], nameOf: (one: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const one of all) groups.set(nameOf(one), [...(groups.get(nameOf(one)) ?? []), one]);
  return groups;
}
