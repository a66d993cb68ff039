import { wholeConfig } from "../layers";
import { type AppendedLayer, type Layer, type Model, type Network, type Shape, type TensorRef, UserError } from "../model";
import { tensorsOf } from "./calls";
import { declaredInput, isInputLayer } from "./declared-input";

/** A chain of layers behind a tensor of a model, and what its layers are called there. */
interface Branch {
  from: TensorRef;
  layers: readonly AppendedLayer[];
}

/** A model with layers put behind it. `names`: of each branch the names of its layers, in their order; they are their ids too. */
interface Appended {
  model: Model;
  names: string[][];
}

/** The model that ends at other tensors of its own, without the layers that only what came behind them needs. */
export function cutAt(model: Model, outputs: TensorRef[]): Model {
  const { network } = model;
  const isSame = JSON.stringify(outputs) === JSON.stringify(network.outputs);
  // What no output of a graph needs is left out when it runs; of layers Keras keeps what it has made.
  const layers = isSame || network.kind === "graph" ? network.layers : neededLayers(network, outputs);
  return { ...model, network: { ...network, layers, outputs } };
}

/** In their order. */
function neededLayers({ layers, inputs }: Network, outputs: readonly TensorRef[]): Layer[] {
  const byName = new Map(layers.map((layer) => [layer.name, layer]));
  const needed = new Set(inputs.map(({ layer }) => layer));
  const open = outputs.map(({ layer }) => layer);
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (needed.has(name)) continue;
    needed.add(name);
    open.push(
      ...(byName
        .get(name)
        ?.calls.flatMap(tensorsOf)
        .map(({ layer }) => layer) ?? []),
    );
  }
  return layers.filter(({ name }) => needed.has(name));
}

/**
 * The model with chains of layers behind it, each behind the tensor that it names. Its outputs are the ends of these chains, in their
 * order. A graph of operations goes into a model of layers first: see `asLayer`. `others`: names that none is given.
 * @throws UserError for a name that the model has already
 */
export function appendLayers(model: Model, branches: readonly Branch[], others: readonly string[] = []): Appended {
  const { network } = model;
  const taken = new Set(network.layers.map(({ name }) => name));
  const added: Layer[] = [];
  const outputs: TensorRef[] = [];
  const names = branches.map(({ from, layers }) => {
    let last = from;
    const own = layers.map(({ className, config }) => {
      const name = nameOf({ className, config }, taken, others);
      added.push(layerOf(name, className, { ...wholeConfig(className, config, model.kerasMajor), name }, [last]));
      last = { layer: name, call: 0, output: 0 };
      return name;
    });
    outputs.push(last);
    return own;
  });
  return { model: { ...model, network: { ...network, layers: [...network.layers, ...added], outputs } }, names };
}

/** The model with open axes of its inputs declared as the tensors of a probe are, the batch left open; what is declared stays. */
export function declaredAs(model: Model, shapes: { readonly [input: string]: readonly number[] }): Model {
  const layers = model.network.layers.map((layer): Layer => {
    const shape = isInputLayer(layer) ? shapes[layer.name] : undefined;
    return shape ? { ...layer, config: { ...layer.config, batch_shape: closed(declaredInput(layer), shape) } } : layer;
  });
  return { ...model, network: { ...model.network, layers } };
}

function closed(declared: Shape, shape: readonly number[]): Shape {
  // An input of any rank declares no axis.
  const whole = declared.length === shape.length ? declared : shape.map(() => null);
  return whole.map((size, axis) => size ?? (axis === 0 ? null : (shape[axis] as number)));
}

/** Name of the layer that a graph of operations becomes. */
export const GRAPH_LAYER = "graph";

/** A graph of operations as a layer of a model of layers, which has the same inputs and outputs: what `TFSMLayer` is in Keras. */
export function asLayer(model: Model): Model {
  const { network, weights } = model;
  const inputs = network.inputs.map(({ layer }) => network.layers.find(({ name }) => name === layer) as Layer);
  const name = freeName(GRAPH_LAYER, new Set(inputs.map((input) => input.name)));
  const graph: Layer = { ...layerOf(name, "TFSMLayer", {}, network.inputs), network: below(network, `${name}/`) };
  const outer: Network = {
    name: model.name,
    className: "Functional",
    kind: "functional",
    layers: [...inputs.map((input) => ({ ...input, id: input.name })), graph],
    inputs: network.inputs,
    outputs: network.outputs.map((_, output) => ({ layer: name, call: 0, output })),
  };
  const moved = weights.map((weight) => ({ ...weight, layer: weight.layer === null ? null : `${name}/${weight.layer}` }));
  return { ...model, network: outer, weights: moved };
}

function below(network: Network, prefix: string): Network {
  const layers = network.layers.map(
    (layer): Layer => ({ ...layer, id: prefix + layer.id, ...(layer.network ? { network: below(layer.network, prefix) } : {}) }),
  );
  return { ...network, layers };
}

/** A model of nothing but an input of this shape, batch first. */
export function inputOnly({ kerasMajor }: Pick<Model, "kerasMajor">, shape: Shape): Model {
  const input = { layer: "input", call: 0, output: 0 };
  const layer: Layer = { ...layerOf("input", "InputLayer", { name: "input", batch_shape: shape, dtype: "float32" }, []), calls: [] };
  const network: Network = {
    name: "head",
    className: "Functional",
    kind: "functional",
    layers: [layer],
    inputs: [input],
    outputs: [input],
  };
  return { name: "head", format: "keras-json", producer: null, kerasMajor, network, weights: [] };
}

function layerOf(name: string, className: string, config: Layer["config"], inputs: readonly TensorRef[]): Layer {
  const calls = [{ args: inputs.map((tensor) => ({ tensor })), kwargs: {} }];
  return { id: name, name, className, module: "keras.layers", registeredName: null, config, buildConfig: null, calls };
}

/** The name that it is given, or one as Keras gives it; it is taken then. */
function nameOf({ className, config }: AppendedLayer, taken: Set<string>, others: readonly string[]): string {
  const { name } = config;
  if (typeof name !== "string") {
    const free = freeName(className, new Set([...taken, ...others]));
    taken.add(free);
    return free;
  }
  if (taken.has(name)) throw new UserError(`The model has a layer ${name} already; give the appended ${className} another name.`);
  taken.add(name);
  return name;
}

/** As Keras names layers, `global_average_pooling2d`, and a number behind it where that is taken; it is taken then. */
function freeName(className: string, taken: Set<string>): string {
  const base = className
    .replace(/(.)([A-Z][a-z0-9]+)/g, "$1_$2")
    .replace(/([a-z])([A-Z])/g, "$1_$2")
    .toLowerCase();
  let name = base;
  for (let number = 1; taken.has(name); number++) name = `${base}_${number}`;
  taken.add(name);
  return name;
}
