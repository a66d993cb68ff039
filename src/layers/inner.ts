import type { Shape } from "../model";
import { DeclaredTensor, type Inner, type LayerWeight } from "./row";

/** Shapes of what an inner layer declares; null where it cannot say. */
export const shapesOf = (declared: (Shape | DeclaredTensor)[] | null): Shape[] | null =>
  declared?.map((one) => (one instanceof DeclaredTensor ? one.shape : one)) ?? null;

/** Weights of an inner layer, under its name. */
export function weightsOf({ name, runner }: Inner): LayerWeight[] {
  return runner.weights.map((weight) => ({ ...weight, name: `${name}/${weight.name}` }));
}
