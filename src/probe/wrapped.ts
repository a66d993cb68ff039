import type * as tf from "@tensorflow/tfjs-core";
import { type BoundCall, DeclaredTensor, type InputRule, type LayerWeight, type Masks, type Runner } from "../layers";
import type { Shape } from "../model";
import { atPlaces } from "./calls";
import { runMasked } from "./masked";
import type { PreparedLayer, PreparedNetwork, Step } from "./prepared";
import { ruleBroken } from "./rules";
import { adaptTensor, gateOf } from "./run";
import { inWords } from "./words";

/** Builds the layers of a network for these tensors and returns its declared outputs; null where nobody can know one. */
export type Declare = (network: PreparedNetwork, inputs: DeclaredTensor[]) => (DeclaredTensor | null)[];

/** A whole model inside a layer (`TimeDistributed(model)`): it runs as one layer, its parts have no rows. */
export class WrappedNetwork implements Runner {
  constructor(
    private readonly network: PreparedNetwork,
    private readonly kerasMajor: 2 | 3,
    private readonly declareNetwork: Declare,
  ) {}

  /** A class in it that nobody knows; null where all are known. */
  get unknownClass(): string | null {
    return (
      allLayers(this.network).find(({ isInput, nested, runner, flaw }) => !isInput && !nested && !runner && !flaw)?.layer.className ?? null
    );
  }

  build(inputs: Shape[]): void {
    this.declare(inputs);
    const broken = allLayers(this.network).find(({ flaw }) => flaw !== null);
    if (broken) throw new Error(`${broken.layer.name} inside it: ${broken.flaw}`);
  }

  /** tf_keras lists what training leaves alone after the rest. */
  get weights(): LayerWeight[] {
    const all = allLayers(this.network).flatMap(({ layer, runner, isBuilt }) =>
      runner && isBuilt ? runner.weights.map((weight) => ({ ...weight, name: `${layer.name}/${weight.name}` })) : [],
    );
    const isStatistic = ({ name }: LayerWeight): boolean => /\/moving_\w+$/.test(name);
    if (this.kerasMajor === 3) return all;
    return [...all.filter((weight) => !isStatistic(weight)), ...all.filter(isStatistic)];
  }

  declare(inputs: Shape[]): DeclaredTensor[] | null {
    const outputs = this.declareNetwork(
      this.network,
      inputs.map((shape) => new DeclaredTensor(shape, "float32")),
    );
    return outputs.every((tensor) => tensor !== null) ? outputs : null;
  }

  rules(): (InputRule | null)[] {
    return [];
  }

  run({ tensors, masks }: BoundCall): tf.Tensor[] {
    return runNetwork(this.network, tensors, { kerasMajor: this.kerasMajor, masks: masks ?? null, isChecked: this.kerasMajor === 2 });
  }

  dispose(): void {
    for (const { runner, isBuilt } of allLayers(this.network)) if (runner && isBuilt) runner.dispose();
  }
}

function allLayers({ layers }: PreparedNetwork): PreparedLayer[] {
  return layers.flatMap((layer) => [layer, ...(layer.nested ? allLayers(layer.nested) : [])]);
}

/** How a network inside runs. `isChecked`: a wrapper of Keras 3 runs what it wraps past the input check. */
interface Running {
  kerasMajor: 2 | 3;
  masks: Masks | null;
  isChecked: boolean;
}

/** @throws Error that names the layer which cannot take what it is given */
function runNetwork(network: PreparedNetwork, tensors: tf.Tensor[], running: Running): tf.Tensor[] {
  const { kerasMajor, masks, isChecked } = running;
  const verdicts = gateOf(network, tensors, kerasMajor);
  const shut = verdicts.find(({ open }) => !open);
  if (isChecked && shut?.message) throw new Error(shut.message);
  const values: tf.Tensor[][] = [];
  network.inputSteps.forEach((index, position) => {
    const tensor = tensors[position];
    if (tensor) values[index] = [adaptTensor(tensor, verdicts[position]?.adapted ?? tensor.shape, masks)];
  });
  for (const step of network.steps) if (!step.layer.isInput) values[step.index] = runStep(step, values, { ...running, isChecked: true });
  return network.outputs.map(({ step, output }) => valueAt(values, step, output));
}

function runStep(step: Step, values: tf.Tensor[][], running: Running): tf.Tensor[] {
  const { layer, runner, nested, flaw } = step.layer;
  const all = step.sources.map(({ step: from, output }) => valueAt(values, from, output));
  const tensors = atPlaces(all, step.dataPlaces);
  if (nested) return runNetwork(nested, tensors, running);
  const broken = flaw ?? ruleBroken(runner?.rules() ?? [], tensors);
  if (broken) throw new Error(`${layer.name} inside it: ${broken}`);
  try {
    return runMasked(step, all, running.kerasMajor, running);
  } catch (error) {
    throw new Error(`${layer.name} inside it: ${inWords(error)}`);
  }
}

function valueAt(values: tf.Tensor[][], step: number, output: number): tf.Tensor {
  const tensor = values[step]?.[output];
  if (!tensor) throw new Error(`it has no output number ${output}`);
  return tensor;
}
