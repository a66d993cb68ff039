import { type DrawnTensor, isFloat, layer, type Row, ranked } from "../row";

const images = (tensor: DrawnTensor): boolean => ranked(4)(tensor);
const size = ({ dice }: Parameters<Row["draw"]>[1]) => ({ height: dice.range(1, 9), width: dice.range(1, 9) });

export const PREPROCESSINGS: Row[] = [
  layer("Resizing", images, (_, place) => ({
    ...size(place),
    interpolation: place.dice.pick(["bilinear", "nearest"]),
    crop_to_aspect_ratio: place.dice.chance(5),
  })),
  layer("CenterCrop", images, (_, place) => size(place)),
  layer("RandomFlip", images),
  layer("RandomContrast", images, () => ({ factor: 0.1 })),
  layer("RandomRotation", images, () => ({ factor: 0.1 })),
  {
    className: "CategoryEncoding",
    takes: ({ dtype, shape }) => dtype === "int32" && shape.length === 2 && shape[1] !== null,
    draw: (_, { dice }) => ({ config: { num_tokens: dice.range(4, 7), output_mode: dice.pick(["multi_hot", "one_hot", "count"]) } }),
  },
  {
    className: "Discretization",
    takes: isFloat,
    // Whole numbers are the end of most branches.
    draw: (_, { dice }) => (dice.chance(4) ? { config: { bin_boundaries: dice.pick([[0], [0, 0.5, 1]]) }, dtype: "int32" } : null),
  },
];
