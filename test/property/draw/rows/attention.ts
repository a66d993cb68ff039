import type { Shape } from "../../../../src/model";
import { asArgument, type DrawnTensor, isFloat, lastOf, type Place, type Row } from "../row";

const steps = (tensor: DrawnTensor): boolean => isFloat(tensor) && tensor.shape.length === 3 && lastOf(tensor.shape) !== null;

/** Something to look at: the query itself, or other steps. */
const looked = (tensor: DrawnTensor, { dice, partner }: Place, fits: (other: DrawnTensor) => boolean): DrawnTensor =>
  dice.chance(2) ? (partner((other) => steps(other) && fits(other)) ?? tensor) : tensor;

const multiHead = (
  className: string,
  heads: (place: Place) => { [key: string]: number },
  more: Partial<Row> = {},
  fits: (query: Shape, value: Shape) => boolean = () => true,
): Row => ({
  className,
  takes: steps,
  draw: (tensor, place) => {
    const value = looked(tensor, place, ({ shape }) => fits(tensor.shape, shape));
    const config = { ...heads(place), use_bias: !place.dice.chance(3) };
    const shapes = { query_shape: tensor.shape, key_shape: value.shape, value_shape: value.shape };
    return place.kerasMajor === 2
      ? { config: { ...config, ...shapes }, args: [asArgument(tensor)], kwargs: { value: asArgument(value) } }
      : { config, args: [asArgument(tensor), asArgument(value)] };
  },
  ...more,
});

const plain = (className: string): Row => ({
  className,
  takes: steps,
  draw: (tensor, place) => {
    const value = looked(tensor, place, ({ shape }) => lastOf(shape) === lastOf(tensor.shape));
    const key = place.dice.chance(3) ? place.partner((other) => steps(other) && other.shape.join() === value.shape.join()) : null;
    const tensors = key ? [tensor, value, key] : [tensor, value];
    return { config: { use_scale: place.dice.chance(2) }, args: [tensors.map(asArgument)] };
  },
});

export const ATTENTIONS: Row[] = [
  multiHead("MultiHeadAttention", ({ dice }) => ({ num_heads: dice.range(1, 3), key_dim: dice.range(1, 4) })),
  multiHead(
    "GroupQueryAttention",
    ({ dice }) => {
      const groups = dice.range(1, 2);
      return { head_dim: dice.range(1, 4), num_query_heads: groups * dice.range(1, 2), num_key_value_heads: groups };
    },
    { kerasMajor: 3 },
    // It refuses to be built for others.
    (query, value) => lastOf(query) === lastOf(value),
  ),
  plain("Attention"),
  plain("AdditiveAttention"),
];
