import {
  type Argument,
  type Call,
  isObject,
  type Json,
  type JsonObject,
  type Layer,
  type Network,
  type TensorRef,
} from "../../../src/model";
import { isTensorArgument } from "../../../src/probe/calls";
import type { DrawnNetwork } from "./grow";

/** How a generation writes what differs between the two. */
interface Spelling {
  functionalModule: string;
  call(call: Call, layer: Layer, references: References): Json;
  /** Number of the first call of a nested model, as its readers and as the outputs of the model around it count. */
  firstCall(network: Network): { read: number; end: number };
}

/** The config of a model as `model.to_json()` of its generation writes it, without what the options of the layers leave to defaults. */
export function writeModel({ network, tensors }: DrawnNetwork, kerasMajor: 2 | 3): JsonObject {
  const spelling = SPELLINGS[kerasMajor];
  const written = writeNetwork(network, spelling, new References(network, spelling, tensors));
  return kerasMajor === 3 ? written : { ...written, keras_version: "2.21.0", backend: "tensorflow" };
}

/** References to tensors, with what the files say of them. */
class References {
  private readonly shifts = new Map<string, { read: number; end: number }>();

  constructor(
    network: Network,
    spelling: Spelling,
    private readonly tensors: DrawnNetwork["tensors"],
  ) {
    const visit = ({ layers }: Network): void => {
      for (const { name, network: nested } of layers) {
        if (!nested) continue;
        this.shifts.set(name, spelling.firstCall(nested));
        visit(nested);
      }
    };
    visit(network);
  }

  history({ layer, call, output }: TensorRef, use: "read" | "end" = "read"): [string, number, number] {
    return [layer, call + (this.shifts.get(layer)?.[use] ?? 0), output];
  }

  kerasTensor(ref: TensorRef): JsonObject {
    const { shape = [], dtype = "float32" } =
      this.tensors.find(({ ref: own }) => String(Object.values(own)) === String(Object.values(ref))) ?? {};
    return { class_name: "__keras_tensor__", config: { shape, dtype, keras_history: this.history(ref) } };
  }
}

function writeNetwork(network: Network, spelling: Spelling, references: References): JsonObject {
  const { name, kind, layers, inputs, outputs } = network;
  if (kind === "sequential") {
    const chain = layers.map((layer) => withoutWiring(writeLayer(layer, spelling, references)));
    return { module: "keras", class_name: "Sequential", config: { name, trainable: true, layers: chain }, registered_name: null };
  }
  const ends = (refs: TensorRef[]): Json[] => refs.map((ref) => references.history(ref, "end"));
  const written = ends(outputs);
  const config = {
    name,
    trainable: true,
    layers: layers.map((layer) => writeLayer(layer, spelling, references)),
    input_layers: ends(inputs),
    output_layers: written.length === 1 && spelling === SPELLINGS[3] ? (written[0] as Json) : written,
  };
  return { module: spelling.functionalModule, class_name: "Functional", config, registered_name: "Functional" };
}

function writeLayer(layer: Layer, spelling: Spelling, references: References): JsonObject {
  const { className, module, config, name, calls, network } = layer;
  const own = network
    ? writeNetwork(network, spelling, references)
    : { module, class_name: className, config, registered_name: module === "keras.layers" ? null : className };
  return { ...own, name, inbound_nodes: calls.map((call) => spelling.call(call, layer, references)) };
}

function withoutWiring({ name: _, inbound_nodes: __, ...layer }: JsonObject): JsonObject {
  return layer;
}

function mapArgument(argument: Argument, tensor: (ref: TensorRef) => Json): Json {
  if (typeof argument !== "object" || argument === null) return argument;
  if (isTensorArgument(argument)) return tensor(argument.tensor);
  if (Array.isArray(argument)) return argument.map((part) => mapArgument(part, tensor));
  return Object.fromEntries(Object.entries(argument).map(([key, part]) => [key, mapArgument(part as Argument, tensor)]));
}

const SPELLINGS: { 2: Spelling; 3: Spelling } = {
  3: {
    functionalModule: "keras.src.models.functional",
    firstCall: ({ kind }) => ({ read: 0, end: kind === "functional" ? 1 : 0 }),
    call: ({ args, kwargs }, _, references) => {
      const write = (argument: Argument): Json => mapArgument(argument, (ref) => references.kerasTensor(ref));
      return { args: args.map(write), kwargs: write(kwargs) };
    },
  },
  2: {
    functionalModule: "tf_keras.src.engine.functional",
    firstCall: () => ({ read: 1, end: 1 }),
    call: ({ args: [first = null], kwargs }, { className }, references) => {
      const keywords = mapArgument(kwargs, (ref) => references.history(ref));
      const entry = (argument: Argument): Json =>
        isObject(argument) && isTensorArgument(argument)
          ? [...references.history(argument.tensor), keywords]
          : Array.isArray(argument)
            ? argument.map(entry)
            : ["_CONSTANT_VALUE", -1, argument as Json, keywords];
      const written = entry(first);
      const isAlone = !Array.isArray(first) && !className.endsWith("OpLambda");
      return isAlone ? [written] : written;
    },
  },
};
