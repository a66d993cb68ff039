import { DeclaredTensor, makeRunner } from "../../../src/layers";
import type { Layer, Shape } from "../../../src/model";
import { declaredCall } from "../../../src/probe/bind";
import { tensorsOf } from "../../../src/probe/calls";
import type { Dice } from "./dice";
import type { DrawnTensor } from "./row";

/** What a model and those inside it share: no name stands twice, so that a layer is known by its name alone. */
export class World {
  readonly tensors: DrawnTensor[] = [];
  private count = 0;

  constructor(readonly kerasMajor: 2 | 3) {}

  name(className: string): string {
    return `${className.replace(/(?<=[a-z\d])(?=[A-Z])/g, "_").toLowerCase()}_${this.count++}`;
  }
}

const SIZES = [null, 8, 12, null, 6, 9, 4];
const CHANNELS = [3, 4, 6, 1, 2];

/** A tensor before it has a place. */
export type Made = Pick<DrawnTensor, "shape" | "dtype">;

export function drawInput(dice: Dice): Made {
  const rank = dice.pick([2, 1, 1, 0, 3, 2, 1, 4]);
  if (rank === 4) return { shape: [null, dice.pick([null, 5, 8])], dtype: "int32" };
  return { shape: [null, ...dice.times(rank, () => dice.pick(SIZES)), dice.pick(CHANNELS)], dtype: "float32" };
}

export const sameRef = (a: DrawnTensor["ref"], b: DrawnTensor["ref"]): boolean =>
  a.layer === b.layer && a.call === b.call && a.output === b.output;

export function layerOf(className: string, module: string, name: string, config: Layer["config"]): Layer {
  return { id: name, name, className, module, registeredName: null, config: { ...config, name }, buildConfig: null, calls: [] };
}

export const refsOf = (call: Layer["calls"][number] | undefined): DrawnTensor["ref"][] => (call ? tensorsOf(call) : []);

/** What our own rows declare of the first call of a layer, so that what follows fits; null where the layer cannot be built. */
export function declaredOutputs(layer: Layer, tensors: DrawnTensor[], kerasMajor: 2 | 3): Shape[] | null {
  const declared = tensors.map(({ shape, dtype }) => new DeclaredTensor(shape, dtype));
  const shapes = tensors.map(({ shape }) => shape);
  const call = declaredCall({ layer, call: 0, inputs: [] }, declared);
  try {
    const runner = makeRunner(layer, { kerasMajor, knownWeights: {} });
    runner?.build(shapes, call);
    const outputs = runner?.declare(shapes, call) ?? null;
    runner?.dispose();
    return outputs?.map((one) => (one instanceof DeclaredTensor ? one.shape : one)) ?? null;
  } catch {
    // What Keras could not build either.
    return null;
  }
}
