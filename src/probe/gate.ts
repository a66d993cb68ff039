import { formatShape, type Layer, type Shape } from "../model";
import { declaredInput, isOfAnyRank } from "./declared-input";

/** What the input check of a model says to one tensor. */
export interface Verdict {
  open: boolean;
  /** Why it is shut, or what let an unlike shape in; null where there is nothing to tell. */
  message: string | null;
  /** Shape in which the tensor goes on: Keras adds or takes a last axis of 1. */
  adapted: number[];
}

/**
 * Keras's check of a functional model's input. An axis of 1 at the end, of the tensor or of the declaration, is left out before
 * the axes are compared, and only as many are compared as both have; Keras 3 then insists on the rank, tf_keras does not.
 * @see `InputSpec(allow_last_axis_squeeze=True)`, `Functional._adjust_input_rank`, `Functional._conform_to_reference_input`
 */
export function checkInput(name: string, declared: Shape, shape: number[], kerasMajor: 2 | 3): Verdict {
  const wanted = withoutLastOne([null, ...declared.slice(1)]);
  const given = withoutLastOne(shape);
  const axis = wanted.findIndex((size, index) => size !== null && given[index] !== undefined && given[index] !== size);
  const adapted = adapt(declared, shape);
  if (axis >= 0) return { open: false, message: refusal(name, declared, shape, axis), adapted };
  if (kerasMajor === 3 && adapted.length !== declared.length) {
    return { open: false, message: rankRefusal(name, declared, shape), adapted };
  }
  return { open: true, message: letIn(name, declared, shape), adapted };
}

/** What the input check says to a tensor that is only declared, whose open axes fit everything; null where it lets it in. */
export function checkDeclared(name: string, declared: Shape, shape: Shape): string | null {
  if (shape.length !== declared.length) return rankRefusal(name, declared, shape);
  const [wanted, given] = [withoutLastOne(declared), withoutLastOne(shape)];
  const axis = wanted.findIndex((size, index) => index > 0 && size !== null && (given[index] ?? size) !== size);
  return axis < 0 ? null : refusal(name, declared, shape, axis);
}

/** Keras 3's Sequential compares no axes, only the rank; a Sequential of tf_keras without a declared input checks nothing. */
export function checkRank(name: string, declared: Shape, shape: number[]): Verdict {
  const adapted = adapt(declared, shape);
  const open = adapted.length === declared.length;
  return { open, message: open ? null : rankRefusal(name, declared, shape), adapted };
}

/** A graph of operations wants the very axes that its placeholder declares, the batch among them. */
export function checkExactly(layer: Layer, shape: number[]): Verdict {
  const declared = declaredInput(layer);
  const axis = isOfAnyRank(layer) ? -1 : declared.findIndex((size, index) => size !== null && shape[index] !== size);
  const isOtherRank = !isOfAnyRank(layer) && shape.length !== declared.length;
  const message = isOtherRank ? rankRefusal(layer.name, declared, shape) : exactRefusal(layer.name, { declared, shape, axis });
  return { open: message === null, message, adapted: shape };
}

function exactRefusal(name: string, { declared, shape, axis }: { declared: Shape; shape: Shape; axis: number }): string | null {
  if (axis < 0) return null;
  return `${name} expects ${formatShape(declared)}, got ${formatShape(shape)}: axis ${axis} is ${shape[axis]} where ${declared[axis]} is declared`;
}

function rankRefusal(name: string, declared: Shape, shape: Shape): string {
  return `${name} expects ${declared.length} axes (${formatShape(declared)}), got ${shape.length} (${formatShape(shape)})`;
}

/** tf_keras checks nothing of inputs in structures within structures, but brings their ranks into line. */
export function letPass(declared: Shape, shape: number[]): Verdict {
  return { open: true, message: null, adapted: adapt(declared, shape) };
}

function withoutLastOne<T extends Shape>(shape: T): T {
  return (shape.at(-1) === 1 ? shape.slice(0, -1) : shape) as T;
}

function adapt(declared: Shape, shape: number[]): number[] {
  if (shape.length === declared.length + 1 && shape.at(-1) === 1) return shape.slice(0, -1);
  if (shape.length === declared.length - 1 && declared.at(-1) === 1) return [...shape, 1];
  return shape;
}

function refusal(name: string, declared: Shape, shape: Shape, axis: number): string {
  return exactRefusal(name, { declared: [null, ...declared.slice(1)], shape, axis }) as string;
}

function letIn(name: string, declared: Shape, shape: number[]): string | null {
  const last = declared.at(-1);
  const isStandIn = shape.length === declared.length && shape.at(-1) === 1 && typeof last === "number" && last !== 1;
  return isStandIn ? `${name} declares ${last} along its last axis; Keras lets a last axis of 1 pass there` : null;
}
