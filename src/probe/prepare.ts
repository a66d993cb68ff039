import { UnknownNumbers, useShapesEngine } from "../engines";
import {
  type DeclaredCall,
  DeclaredTensor,
  isForeign,
  isOperation,
  type LayerWeight,
  makeRunner,
  Unknown,
  UnknownClass,
  whyUnknown,
} from "../layers";
import { elementCount, type Layer, type Model, type Network, type Shape } from "../model";
import { declaredCall } from "./bind";
import { atPlaces, dataPlaces } from "./calls";
import { isSwitch } from "./dead-ends";
import { declaredByRunning } from "./declared-graph";
import { declaredInput, inputDtype, isInputLayer, tensorDtype } from "./declared-input";
import { checkDeclared } from "./gate";
import { graphOrder } from "./graph-order";
import { runningOrder } from "./order";
import {
  allLayers,
  type PreparedInput,
  type PreparedLayer,
  type PreparedModel,
  type PreparedNetwork,
  type Source,
  type Step,
  type WeightOwner,
} from "./prepared";
import { suggestShape } from "./suggest";
import { WrappedNetwork } from "./wrapped";

/**
 * Builds the layers of a model once, as Keras builds them from declared shapes: weights' shapes, parameters, declared outputs.
 * Classes that nobody knows stay without a runner; a layer that Keras could not build is kept with the reason.
 */
export function prepareModel(model: Model): PreparedModel {
  useShapesEngine();
  const preparation = new Preparation(model);
  const network = preparation.network(model.network);
  const inputs = network.inputSteps.map((index) => preparedInput(network.steps[index] as Step, model));
  preparation.declare(
    network,
    inputs.map(({ declared, dtype }) => new DeclaredTensor(declared, tensorDtype(dtype))),
  );
  preparation.takeMissingWeights(network);
  return {
    model,
    layers: model.network.layers.filter((layer) => isCounted(layer, model)).length,
    parameters: sumParameters(network),
    inputs,
    network,
    weightsById: preparation.weightsById,
    dispose: () => disposeNetwork(network),
  };
}

/** Keras's `model.layers` leaves out the input of a Sequential, and in Keras 3 operations. */
function isCounted(layer: Layer, { network, kerasMajor }: Model): boolean {
  return !isOperation(layer, kerasMajor) && !(isInputLayer(layer) && network.kind === "sequential");
}

function preparedInput({ layer }: Step, model: Model): PreparedInput {
  const declared = declaredInput(layer.layer);
  const dtype = inputDtype(layer.layer);
  return { name: layer.layer.name, declared, dtype, suggested: suggestShape(declared, model.zoo) };
}

class Preparation {
  readonly weightsById = new WeakMap<object, WeightOwner>();

  constructor(private readonly model: Model) {}

  network(network: Network): PreparedNetwork {
    const nodes = isGraph(network) ? graphOrder(network) : runningOrder(network, this.model.kerasMajor);
    const layers = new Map<Layer, PreparedLayer>();
    const indexOf = new Map(nodes.map((node, index) => [`${node.call} ${node.layer.name}`, index]));
    const source = (ref: Source["ref"]): Source => ({ step: indexOf.get(`${ref.call} ${ref.layer}`) as number, output: ref.output, ref });
    const prepared: PreparedNetwork = {
      network,
      steps: [],
      inputSteps: [],
      outputs: network.outputs.map(source),
      layers: [],
      hasSwitch: false,
    };
    prepared.steps = nodes.map((node, index): Step => {
      const layer = layers.get(node.layer) ?? this.layer(node.layer);
      layers.set(node.layer, layer);
      const prefix = node.layer.id.slice(0, node.layer.id.length - node.layer.name.length);
      const sourceIds = node.inputs.map(({ layer: name }) => prefix + name);
      const written = node.layer.calls[node.call];
      const step: Step = {
        network: prepared,
        index,
        node,
        layer,
        sources: node.inputs.map(source),
        sourceIds,
        dataPlaces: written ? dataPlaces(written) : null,
        readers: 0,
        declared: null,
      };
      layer.steps.push(step);
      return step;
    });
    prepared.inputSteps = network.inputs.map((ref) => source(ref).step);
    prepared.layers = [...layers.values()];
    prepared.hasSwitch = prepared.steps.some(isSwitch);
    for (const { step } of [...prepared.outputs, ...prepared.steps.flatMap(({ sources }) => sources)])
      (prepared.steps[step] as Step).readers++;
    return prepared;
  }

  private layer(layer: Layer): PreparedLayer {
    const isInput = isInputLayer(layer);
    const prepared: PreparedLayer = {
      layer,
      steps: [],
      isInput,
      runner: null,
      isBuilt: false,
      flaw: null,
      unknownBecause: null,
      nested: layer.network ? this.network(layer.network) : null,
      weights: [],
      parameters: 0,
      builtFor: null,
      declared: null,
    };
    if (!isInput && !layer.network) this.giveRunner(prepared);
    return prepared;
  }

  private giveRunner(prepared: PreparedLayer): void {
    const { layer } = prepared;
    const { kerasMajor } = this.model;
    const knownWeights = this.knownWeights(layer);
    const foreign = isForeign(layer);
    if (!foreign)
      prepared.runner = this.orFlaw(prepared, () =>
        makeRunner(layer, { kerasMajor, knownWeights, ...(layer.wrapped ? { wrapped: this.wrapped(layer.wrapped) } : {}) }),
      );
    if (prepared.runner) return;
    prepared.unknownBecause ??= whyUnknown(foreign ? (layer.registeredName ?? "") : layer.className);
    this.takeWeightsFromFile(prepared);
  }

  /** @throws UnknownClass where nobody knows a class in it */
  private wrapped(network: Network): WrappedNetwork {
    const wrapped = new WrappedNetwork(this.network(network), this.model.kerasMajor, (inside, inputs) =>
      this.declareInside(inside, inputs),
    );
    if (wrapped.unknownClass !== null) throw new UnknownClass(wrapped.unknownClass);
    return wrapped;
  }

  private knownWeights({ id }: Layer): { [name: string]: number[] } {
    const all = Object.entries(this.model.zoo?.knownWeights ?? {});
    return Object.fromEntries(
      all.filter(([path]) => path.startsWith(`${id}/`)).map(([path, values]) => [path.slice(id.length + 1), values]),
    );
  }

  /** Of a class that nobody knows, the file may still tell the weights. */
  private takeWeightsFromFile(prepared: PreparedLayer): void {
    const entries = this.model.weights.filter(({ layer }) => layer === prepared.layer.id);
    this.setWeights(
      prepared,
      entries.map(({ name, shape }) => ({ name, shape })),
    );
  }

  /** A layer behind one that nobody knows is not built; the file may tell its weights all the same. */
  takeMissingWeights({ layers }: PreparedNetwork): void {
    for (const layer of layers) {
      if (layer.nested) this.takeMissingWeights(layer.nested);
      if (layer.nested) layer.parameters = sumParameters(layer.nested);
      else if (layer.runner && !layer.isBuilt && !layer.flaw) this.takeWeightsFromFile(layer);
    }
  }

  private setWeights(prepared: PreparedLayer, weights: Omit<LayerWeight, "tensor">[]): void {
    prepared.weights = weights.map(({ name, shape }) => ({ name, shape }));
    prepared.parameters = weights.reduce((sum, { shape, isUncounted }) => (isUncounted ? sum : sum + elementCount(shape)), 0);
  }

  /** Walks a network as Keras's symbolic build does, building on the first way through. Returns the declared outputs. */
  declare(prepared: PreparedNetwork, inputs: Declared[]): Declared[] {
    const tensors: (DeclaredTensor[] | null)[] = [];
    prepared.inputSteps.forEach((index, position) => {
      const given = inputs[position];
      tensors[index] = given ? [given] : null;
    });
    for (const step of prepared.steps) {
      if (!(step.index in tensors))
        tensors[step.index] = step.layer.isInput ? [declaredInputTensor(step)] : this.declareStep(step, tensors, prepared);
      // A nested model is walked once for its own input shapes; further ways through do not change what it was built for.
      step.declared ??= tensors[step.index]?.map(({ shape }) => shape) ?? null;
      step.layer.declared ??= step.declared;
    }
    for (const layer of prepared.layers) if (layer.nested) layer.parameters = sumParameters(layer.nested);
    return prepared.outputs.map(({ step, output }) => tensors[step]?.[output] ?? null);
  }

  private declareStep(step: Step, tensors: (DeclaredTensor[] | null)[], prepared: PreparedNetwork): DeclaredTensor[] | null {
    const { layer } = step;
    const inputs = step.sources.map(({ step: from, output }): Declared => tensors[from]?.[output] ?? null);
    const data = atPlaces(inputs, step.dataPlaces);
    if (layer.nested && isGraph(layer.nested.network)) return this.declareGraph(layer.nested, data, isGraph(prepared.network));
    if (layer.nested) return this.declareNested(layer, layer.nested, data);
    if (layer.flaw) return null;
    if (!layer.runner) return tensorsByReaders(step, prepared);
    if (layer.layer.operation) {
      // An operation is not built for shapes, and nobody declares what it gives.
      this.build(layer, [], { args: [], kwargs: {} });
      return null;
    }
    const known = data.every((tensor) => tensor !== null) ? data : tensorsOfBuildConfig(layer.layer);
    if (known?.length !== data.length) return null;
    const shapes = known.map(({ shape }) => shape);
    const call = declaredCall(step.node, withMasks(known, inputs, step.dataPlaces));
    if (!layer.isBuilt) this.build(layer, shapes, call);
    return layer.isBuilt ? this.declareCall(layer, shapes, call) : null;
  }

  /** What runs inside an operation is not declared either; a graph inside a Keras model gives what it gives when it is run. */
  private declareGraph(graph: PreparedNetwork, inputs: Declared[], isInside: boolean): DeclaredTensor[] | null {
    for (const layer of allLayers(graph)) if (layer.runner && !layer.isBuilt) this.build(layer, [], { args: [], kwargs: {} });
    return isInside ? null : declaredByRunning({ model: this.model, network: graph, weightsById: this.weightsById }, inputs);
  }

  private declareNested(layer: PreparedLayer, nested: PreparedNetwork, inputs: Declared[]): DeclaredTensor[] | null {
    const refusal = this.model.kerasMajor === 3 ? refusalOf(nested, inputs) : null;
    if (refusal) layer.flaw ??= `it cannot be built: ${refusal}`;
    const outputs = this.declareInside(nested, inputs);
    return outputs.every((tensor) => tensor !== null) ? outputs : null;
  }

  /** A model in a model is built for what it declares itself, whatever comes its way. */
  private declareInside(nested: PreparedNetwork, inputs: Declared[]): Declared[] {
    const own = nested.inputSteps.map((index) => declaredInputTensor(nested.steps[index] as Step));
    if (nested.steps.some((step) => step.declared === null)) this.declare(nested, own);
    return this.declare(nested, inputs);
  }

  private declareCall(layer: PreparedLayer, shapes: Shape[], call: DeclaredCall): DeclaredTensor[] | null {
    const declared = this.orFlaw(layer, () => layer.runner?.declare(shapes, call) ?? null);
    return declared?.map((one) => (one instanceof DeclaredTensor ? one : new DeclaredTensor(one, "float32"))) ?? null;
  }

  private build(layer: PreparedLayer, inputs: Shape[], call: DeclaredCall): void {
    this.orFlaw(layer, () => {
      layer.runner?.build(inputs, call);
      layer.isBuilt = true;
      layer.builtFor = inputs;
      const weights = layer.runner?.weights ?? [];
      this.setWeights(layer, weights);
      for (const { name, tensor } of weights) this.weightsById.set(tensor.dataId, { layerId: layer.layer.id, name });
    });
  }

  /** What Keras could not build is kept with the reason; a class that nobody knows inside a layer makes that layer unknown. */
  private orFlaw<T>(layer: PreparedLayer, work: () => T): T | null {
    try {
      return work();
    } catch (error) {
      if (error instanceof Unknown) {
        layer.runner = null;
        layer.unknownBecause = error.message;
      } else if (!(error instanceof UnknownNumbers)) layer.flaw ??= `it cannot be built: ${(error as Error).message}`;
      return null;
    }
  }
}

const isGraph = ({ kind }: Network): boolean => kind !== "functional" && kind !== "sequential";

/** A tensor before anything runs; null where nobody can know. */
type Declared = DeclaredTensor | null;

/** All tensors of a call from those that it works on (`data`) and, at the other places, what is known of `inputs`. */
function withMasks(data: DeclaredTensor[], inputs: Declared[], places: number[] | null): Declared[] {
  if (!places) return data;
  const all = inputs.slice();
  places.forEach((place, index) => {
    all[place] = data[index] as DeclaredTensor;
  });
  return all;
}

/** Why Keras 3 does not build a model around a nested one with these tensors: unlike a run, building it lets no rank be adapted, and a Sequential compare axes. */
function refusalOf({ steps, inputSteps }: PreparedNetwork, inputs: Declared[]): string | null {
  for (const [position, index] of inputSteps.entries()) {
    const { layer } = steps[index] as Step;
    const given = inputs[position]?.shape;
    const refusal = given ? checkDeclared(layer.layer.name, declaredInput(layer.layer), given) : null;
    if (refusal) return refusal;
  }
  return null;
}

function declaredInputTensor({ layer }: Step): DeclaredTensor {
  return new DeclaredTensor(declaredInput(layer.layer), tensorDtype(inputDtype(layer.layer)));
}

/** The shapes that Keras 3 notes a layer was built with. */
function tensorsOfBuildConfig({ buildConfig }: Layer): DeclaredTensor[] | null {
  const shape = buildConfig?.["input_shape"];
  if (!Array.isArray(shape)) return null;
  const list = Array.isArray(shape[0]) ? shape : [shape];
  return list.map(
    (item) =>
      new DeclaredTensor(
        (item as unknown[]).map((size) => (typeof size === "number" ? size : null)),
        "float32",
      ),
  );
}

/** What a layer of a class that nobody knows gives out, as those that read it were built for it; null where the file does not tell. */
function tensorsByReaders({ index, layer }: Step, { steps }: PreparedNetwork): DeclaredTensor[] | null {
  for (const reader of steps) {
    const place = atPlaces(reader.sources, reader.dataPlaces).findIndex(({ step, output }) => step === index && output === 0);
    const told = place < 0 || reader.layer === layer ? null : tensorsOfBuildConfig(reader.layer.layer);
    const tensor = told?.length === atPlaces(reader.sources, reader.dataPlaces).length ? told[place] : null;
    if (tensor) return [tensor];
  }
  return null;
}

function sumParameters({ layers }: PreparedNetwork): number {
  return layers.reduce((sum, { parameters }) => sum + parameters, 0);
}

function disposeNetwork({ layers }: PreparedNetwork): void {
  for (const { runner, isBuilt, nested } of layers) {
    if (runner && isBuilt) runner.dispose();
    if (nested) disposeNetwork(nested);
  }
}
