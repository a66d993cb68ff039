import {
  type Constructed,
  type ConstructedEnd,
  familyOf,
  type Layer,
  type Network,
  type Report,
  type Shape,
  type ZooFacts,
} from "../model";
import { declaredInput, isInputLayer } from "./declared-input";
import { prepareModel } from "./prepare";
import { allLayers, type PreparedModel, type PreparedNetwork, type Step } from "./prepared";
import { misfitsOf, rebuild } from "./rebuild";
import { type RunOptions, runProbe } from "./run-probe";

/** Families whose functions compute how far a layer pads, from the sizes that it is built for. */
const COMPUTES_PADS = /^(MobileNetV[23]|EfficientNetB|NASNet)/;

/** Deeper than any application is: each round settles at least the next padding on the way down. */
const MOST_ROUNDS = 100;

/**
 * What comes of a call of the function for these shapes of its inputs, batch first: builds it, sends a tensor of that shape through it, and
 * for `pretrained` holds its weights against those of the model before. `isTold`: the shape is its `input_shape`, not an `input_tensor`.
 */
export async function runConstructed(
  prepared: PreparedModel,
  shapes: { [input: string]: number[] },
  { isTold, ...options }: RunOptions & { isTold: boolean },
): Promise<{ pretrained: Constructed; untrained: Constructed }> {
  const built = constructed(prepared, shapes, isTold);
  try {
    const report = await runProbe(built, { inputs: shapes, mode: "feed", engine: "shapes", fill: "zeros" }, options);
    const withEnd = (ended: ConstructedEnd | null): Constructed => ({
      output: ended ? null : (report.outputs[0]?.shape ?? null),
      declared: built.inputs[0]?.declared ?? [],
      parameters: built.parameters,
      ended,
    });
    return { pretrained: withEnd(endOf(built, report, misfitsOf(prepared, built))), untrained: withEnd(endOf(built, report, [])) };
  } finally {
    built.dispose();
  }
}

/** In the order in which Keras meets it: layers are built, then weights are loaded, and then somebody may run it. */
function endOf(built: PreparedModel, { failure }: Report, [misfit]: Report["misfits"]): ConstructedEnd | null {
  const flawed = allLayers(built.network).find(({ flaw }) => flaw !== null);
  if (flawed) return { at: "build", layer: flawed.layer.id, message: flawed.flaw as string };
  if (misfit) return { at: "weights", ...misfit };
  return failure && { at: "run", layer: failure.layer, message: failure.message };
}

/**
 * The model that the function of a Keras Application makes when it is called with this shape of its inputs, batch first: its layers are
 * built for them, and where the function computes a padding from a size, it is that of this size. Its caller disposes of it.
 */
function constructed(prepared: PreparedModel, shapes: { [input: string]: number[] }, isTold: boolean): PreparedModel {
  const [shape = []] = Object.values(shapes);
  const network = forChannels(prepared.model, shape.at(-1) ?? RGB, isTold);
  let built = rebuild({ ...prepared, model: { ...prepared.model, network } }, shapes);
  if (!computesPads(prepared.model.zoo)) return built;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const pads = otherPads(built.network);
    if (pads.size === 0) break;
    const { model } = built;
    built.dispose();
    built = prepareModel({ ...model, network: withPads(model.network, pads) });
  }
  return built;
}

const RGB = 3;

/**
 * A model inside (the stem of ConvNeXt) is made for what comes to it, so it declares no size. `isTold`: the function is told the channels by its
 * `input_shape`, and leaves a normalization by three means out where there are others; a tensor's it does not look at.
 */
function forChannels({ network, zoo }: PreparedModel["model"], channels: number, isTold: boolean): Network {
  const leavesOut = isTold && channels !== RGB && familyOf(zoo?.architecture ?? "").normalizesThree;
  const layers = network.layers.map((layer): Layer => {
    if (leavesOut && layer.className === "Normalization") return { ...layer, className: "Activation", config: { activation: "linear" } };
    return layer.network ? { ...layer, network: withOpenInputs(layer.network, channels) } : layer;
  });
  return { ...network, layers };
}

function withOpenInputs(network: Network, channels: number): Network {
  const opened = (layer: Layer): Layer => {
    if (!isInputLayer(layer)) return layer;
    const last = declaredInput(layer).at(-1) ?? null;
    return { ...layer, config: { ...layer.config, batch_shape: [null, null, null, last === RGB ? channels : last] } };
  };
  return { ...network, layers: network.layers.map(opened) };
}

/** Whether what comes out depends on the size that the function was told, and not only on that of the tensor. */
const computesPads = (zoo: ZooFacts | undefined): boolean => COMPUTES_PADS.test(zoo?.architecture ?? "");

type Pads = number[][];

/** Ids of the layers that would pad otherwise when built for what comes to them here, with how. */
function otherPads({ steps }: PreparedNetwork): Map<string, Pads> {
  const cropped = new Set(steps.filter(({ layer }) => layer.layer.className === "Cropping2D").flatMap(({ sourceIds }) => sourceIds));
  const found = new Map<string, Pads>();
  for (const step of steps) {
    const { layer } = step.layer;
    // What is cropped right after is shifted, not padded: there the padding is a constant.
    if (layer.className !== "ZeroPadding2D" || cropped.has(layer.id)) continue;
    const pads = padsFor(step, steps);
    if (pads && JSON.stringify(pads) !== JSON.stringify(layer.config["padding"])) found.set(layer.id, pads);
  }
  return found;
}

/**
 * Half a kernel at either side, one less in front where the size is even or open; null where nothing is declared.
 * @see Keras Applications, `correct_pad`
 */
function padsFor({ sources, layer }: Step, steps: readonly Step[]): Pads | null {
  const [source] = sources;
  const shape: Shape | undefined = source && steps[source.step]?.declared?.[source.output];
  const written = layer.layer.config["padding"];
  if (!shape || !Array.isArray(written)) return null;
  return (written as Pads).map(([, half = 0], axis) => {
    const size = shape[axis + 1] ?? null;
    return [half - (size === null || size % 2 === 0 ? 1 : 0), half];
  });
}

function withPads(network: Network, pads: ReadonlyMap<string, Pads>): Network {
  const padded = (layer: Layer): Layer => {
    const padding = pads.get(layer.id);
    return padding ? { ...layer, config: { ...layer.config, padding } } : layer;
  };
  return { ...network, layers: network.layers.map(padded) };
}
