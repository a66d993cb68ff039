import type { Argument, JsonObject, Shape, TensorRef } from "../../../src/model";
import type { Dice } from "./dice";

export type Dtype = "float32" | "int32" | "bool";

/** A tensor of a model that is being drawn. */
export interface DrawnTensor {
  ref: TensorRef;
  shape: Shape;
  dtype: Dtype;
}

/** What a row may look at when it draws a layer. */
export interface Place {
  dice: Dice;
  kerasMajor: 2 | 3;
  /** Another tensor of the model for which `fits` holds; null where there is none. */
  partner(fits: (tensor: DrawnTensor) => boolean): DrawnTensor | null;
  /** A name that no layer of the model has. */
  name(className: string): string;
}

/** A layer and its call. */
export interface Drawn {
  config: JsonObject;
  /** Left out where it is the tensor alone. */
  args?: Argument[];
  kwargs?: { [name: string]: Argument };
  /** Of what comes out; left out where it is float32. */
  dtype?: Dtype;
}

/** One row a class: arbitrary options given the tensor that it is called on. */
export interface Row {
  className: string;
  /** Where Keras 3 finds the class; `keras.layers` where it is left out. */
  module?: string;
  /** Left out where both generations have it. */
  kerasMajor?: 2 | 3;
  takes(tensor: DrawnTensor): boolean;
  /** Null where there is nothing to draw here. */
  draw(tensor: DrawnTensor, place: Place): Drawn | null;
}

export const isFloat = ({ dtype }: DrawnTensor): boolean => dtype === "float32";

/** Whether a tensor of floats has one of these numbers of axes. */
export const ranked =
  (...ranks: number[]) =>
  (tensor: DrawnTensor): boolean =>
    isFloat(tensor) && ranks.includes(tensor.shape.length);

/** A row for a layer of one tensor. */
export function layer(
  className: string,
  takes: Row["takes"],
  options: (shape: Shape, place: Place) => JsonObject | null = () => ({}),
  more: Partial<Row> = {},
): Row {
  return {
    className,
    takes,
    draw: ({ shape }, place) => {
      const config = options(shape, place);
      return config && { config };
    },
    ...more,
  };
}

export const lastOf = (shape: Shape): number | null => shape.at(-1) ?? null;

/** An axis other than the batch, from the front or from the back. */
export function anyAxis(shape: Shape, dice: Dice): number {
  const axis = dice.range(1, shape.length - 1);
  return dice.chance(2) ? axis : axis - shape.length;
}

export const asArgument = ({ ref }: DrawnTensor): Argument => ({ tensor: ref });

/** The axes behind the batch in another order, the batch in front. */
export function order(count: number, dice: Dice): number[] {
  const left = Array.from({ length: count }, (_, axis) => axis + 1);
  return [0, ...dice.times(count, () => left.splice(dice.below(left.length), 1)[0] as number)];
}

export const images = (tensor: DrawnTensor): boolean => isFloat(tensor) && tensor.shape.length === 4;
/** Whether all sizes but the batch are declared. */
export const whole = (tensor: DrawnTensor): boolean => isFloat(tensor) && tensor.shape.length >= 2 && !tensor.shape.slice(1).includes(null);
