import { formatShape, type Shape } from "../model";

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
    return {
      open: false,
      message: `${name} expects ${declared.length} axes (${formatShape(declared)}), got ${shape.length} (${formatShape(shape)})`,
      adapted,
    };
  }
  return { open: true, message: letIn(name, declared, shape), adapted };
}

/** Keras 3's Sequential compares no axes, only the rank; a Sequential of tf_keras without a declared input checks nothing. */
export function checkRank(name: string, declared: Shape, shape: number[]): Verdict {
  const adapted = adapt(declared, shape);
  const open = adapted.length === declared.length;
  const message = `${name} expects ${declared.length} axes (${formatShape(declared)}), got ${shape.length} (${formatShape(shape)})`;
  return { open, message: open ? null : message, adapted };
}

function withoutLastOne<T extends Shape>(shape: T): T {
  return (shape.at(-1) === 1 ? shape.slice(0, -1) : shape) as T;
}

function adapt(declared: Shape, shape: number[]): number[] {
  if (shape.length === declared.length + 1 && shape.at(-1) === 1) return shape.slice(0, -1);
  if (shape.length === declared.length - 1 && declared.at(-1) === 1) return [...shape, 1];
  return shape;
}

function refusal(name: string, declared: Shape, shape: number[], axis: number): string {
  const expected = [null, ...declared.slice(1)];
  return `${name} expects ${formatShape(expected)}, got ${formatShape(shape)}: axis ${axis} is ${shape[axis]} where ${declared[axis]} is declared`;
}

function letIn(name: string, declared: Shape, shape: number[]): string | null {
  const last = declared.at(-1);
  const isStandIn = shape.length === declared.length && shape.at(-1) === 1 && typeof last === "number" && last !== 1;
  return isStandIn ? `${name} declares ${last} along its last axis; Keras lets a last axis of 1 pass there` : null;
}
