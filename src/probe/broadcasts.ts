import { type KernelCall, knownValues } from "../engines";
import type { Broadcast, BroadcastKind, BroadcastOperand } from "../model";
import { elementCount, sameShape } from "../model";
import { type Meeting, meetingOf, type Operand } from "./operands";
import type { WeightOwner } from "./prepared";
import type { Origin, Provenance } from "./provenance";

/** An operand with what decides about the kind of a broadcast. */
export interface Placed {
  shape: number[];
  /** Axes of the output along which it was repeated. */
  stretched: number[];
  origin: Pick<Origin, "role" | "input">;
}

/** A broadcast before it is in the report: with the weights whose numbers a file may tell. */
export interface FoundBroadcast extends Broadcast {
  owners: (WeightOwner | null)[];
}

/** Most numbers of an operand that are shown. */
const MAX_VALUES = 8;

/** What a kernel stretched; null where nothing was, or only weights and constants among themselves. */
export function broadcastOf(layer: string, call: KernelCall, provenance: Provenance): FoundBroadcast | null {
  const meeting = meetingOf(call);
  if (!meeting) return null;
  const placed = meeting.operands.map((operand) => place(operand, meeting, provenance));
  if (!placed.some(({ origin }) => origin.role === "activation")) return null;
  return {
    layer,
    operation: meeting.operation,
    operands: placed.map((operand, index) => reportOperand(operand, meeting.operands[index] as Operand)),
    output: meeting.output.slice(),
    kind: kindOf(placed, meeting.output),
    owners: placed.map(({ origin }) => (origin.isWeightItself ? origin.weight : null)),
  };
}

const COMPUTED: Origin = { role: "activation", weight: null, isWeightItself: false, input: null };

function place({ tensor, shape }: Operand, { output }: Meeting, provenance: Provenance): Placed & { origin: Origin } {
  return { shape, stretched: stretchedAxes(shape, output), origin: tensor ? provenance.of(tensor) : COMPUTED };
}

/** Axes of `output` along which `shape`, aligned at the last axis, has 1 or nothing where the output has another number. */
export function stretchedAxes(shape: number[], output: number[]): number[] {
  const missing = output.length - shape.length;
  const axes: number[] = [];
  // A loop, as it runs for each operand of most kernels.
  for (let axis = 0; axis < output.length; axis++)
    if (output[axis] !== 1 && (axis < missing || shape[axis - missing] === 1)) axes.push(axis);
  return axes;
}

function reportOperand({ shape, stretched, origin }: Placed & { origin: Origin }, { tensor }: Operand): BroadcastOperand {
  const known = tensor && origin.role !== "activation" && elementCount(shape) <= MAX_VALUES ? knownValues(tensor) : null;
  return {
    shape: (tensor?.shape ?? shape).slice(),
    stretched,
    role: origin.role,
    name: origin.weight?.name ?? null,
    ...(known ? { values: Array.from(known, shortest) } : {}),
  };
}

/** Engines compute in float32, whose 7 digits are what a file meant: 0.485 rather than 0.48500001430511475. */
export function shortest(value: number): number {
  return Number(value.toPrecision(7));
}

/** The first kind that fits; see CONTRACT. */
export function kindOf(operands: Placed[], output: number[]): BroadcastKind {
  const activations = operands.filter(({ origin }) => origin.role === "activation");
  const stretched = activations.filter((operand) => operand.stretched.length > 0);
  if (stretched.some((operand) => operand.stretched.includes(0))) return "expands-batch";
  if (stretched.some((operand) => operand.stretched.some((axis) => !hasOwn(activations, axis, output)))) return "expands-activation";
  if (stretched.some(({ origin }) => origin.input === null)) return "internal";
  if (stretched.length > 1) return "mutual";
  if (stretched.length === 1) return "between-activations";
  const others = operands.filter(({ origin, stretched: axes }) => origin.role !== "activation" && axes.length > 0);
  return others.every(({ shape }) => elementCount(shape) === 1) ? "scalar" : "parameter";
}

/** Whether one of these operands has the output's size along an axis by itself. */
function hasOwn(operands: Placed[], axis: number, output: number[]): boolean {
  return operands.some(({ shape }) => shape[axis - output.length + shape.length] === output[axis]);
}

/** Whether two broadcasts of one layer are the same to a reader. */
export function isSameBroadcast(a: Broadcast, b: Broadcast): boolean {
  return (
    a.operation === b.operation &&
    sameShape(a.output, b.output) &&
    a.operands.length === b.operands.length &&
    a.operands.every((operand, index) => isSameOperand(operand, b.operands[index] as BroadcastOperand))
  );
}

function isSameOperand(a: BroadcastOperand, b: BroadcastOperand): boolean {
  return a.role === b.role && a.name === b.name && sameShape(a.shape, b.shape) && String(a.values) === String(b.values);
}
