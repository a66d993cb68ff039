import * as tf from "@tensorflow/tfjs-core";
import { emptyTensor, onceForAll } from "../../engines";
import { formatShape, isObject, type Json, type JsonObject, type Shape } from "../../model";
import { type Activation, activationOf } from "../activations";
import { boolean, integer, knownSize } from "../config";
import { type Definition, define, type WeightShapes, type Weights } from "../define";
import { isForeignInside } from "../foreign";
import { followsMasks, hasNumbers, maskOfSteps } from "../masks";
import { type BoundCall, type LayerTable, UnknownClass } from "../row";
import { declaredSlide } from "../windows";
import { CELLS, type Cell, gruCell, lstmCell, type Stepped, simpleCell } from "./cells";
import { type ConvolutionOptions, convolutionOptions, slidingAlong } from "./convolution";
import { cudnnGruCell, cudnnLstmCell } from "./cudnn";
import { mapSpatial, withChannelsLast } from "./layout";
import { convolve } from "./slide";

interface GivingOptions {
  givesSteps: boolean;
  givesStates: boolean;
  isBackwards: boolean;
  /** Gives zeros at a step that does not count, rather than once more what the step before gave. */
  givesZeros: boolean;
  kerasMajor: 2 | 3;
}

const giving = (config: JsonObject, kerasMajor: 2 | 3): GivingOptions => ({
  kerasMajor,
  givesSteps: boolean(config, "return_sequences", false),
  givesStates: boolean(config, "return_state", false),
  isBackwards: boolean(config, "go_backwards", false),
  givesZeros: boolean(config, "zero_output_for_mask", false),
});

/** `steps`: null where nobody wants them. */
interface Looped {
  steps: tf.Tensor | null;
  last: tf.Tensor;
  states: tf.Tensor[];
}

type Step = (x: tf.Tensor, states: tf.Tensor[]) => Stepped;

/** Runs a step along axis 1, backwards where the layer does. What a step keeps to itself is freed before the next. */
function loop(options: GivingOptions, call: BoundCall, first: tf.Tensor[], step: Step): Looped {
  const { isBackwards, givesZeros, kerasMajor } = options;
  return tidied(() => {
    const inOrder = (tensor: tf.Tensor): tf.Tensor => (isBackwards ? tf.reverse(tensor, 1) : tensor);
    const x = inOrder(call.tensors[0] as tf.Tensor);
    const given = followsMasks(call) ? maskOfSteps(call, kerasMajor) : null;
    const mask = given && inOrder(given);
    if (x.shape[1] === 0) throw new Error("a sequence of no steps has no last one");
    const stepAt = (index: number, states: tf.Tensor[], before: tf.Tensor | null): Stepped =>
      tidied(() => {
        const now = step(stepOf(x, index), states);
        return mask ? whereCounted(stepOf(mask, index), now, { output: givesZeros ? null : before, states }) : now;
      });
    return (hasNumbers() ? allSteps : oneStep)(options, x.shape[1] as number, first, stepAt);
  });
}

/** tfjs goes through any object for the tensors to keep, but wants an index signature. */
function tidied<T extends object>(work: () => T): T {
  return tf.tidy(work as () => tf.TensorContainer) as T;
}

type StepAt = (index: number, states: tf.Tensor[], before: tf.Tensor | null) => Stepped;

function allSteps({ givesSteps }: GivingOptions, count: number, first: tf.Tensor[], stepAt: StepAt): Looped {
  let states = first;
  const outputs: tf.Tensor[] = [];
  for (let index = 0; index < count; index++) {
    const before = states;
    const result = stepAt(index, states, outputs.at(-1) ?? null);
    states = result.states;
    const read = new Set([...first, ...outputs, result.output, ...states]);
    outputs.push(result.output);
    for (const tensor of before) if (!read.has(tensor)) tensor.dispose();
    const past = givesSteps ? undefined : outputs.splice(0, outputs.length - 1)[0];
    if (past && !states.includes(past)) past.dispose();
  }
  return { steps: givesSteps ? tf.stack(outputs, 1) : null, last: outputs.at(-1) as tf.Tensor, states };
}

/** The shapes engine needs only one: all steps have the same shape, and a long text would be thousands of kernels. */
function oneStep({ givesSteps }: GivingOptions, count: number, first: tf.Tensor[], stepAt: StepAt): Looped {
  const further = Math.max(0, count - 1);
  const { output, states } = onceForAll(
    () => stepAt(0, first, null),
    (result) => [
      { tensor: result.output, times: givesSteps ? further : Math.min(1, further) },
      ...result.states.filter((state) => state !== result.output).map((tensor) => ({ tensor, times: Math.min(1, further) })),
    ],
  );
  if (!givesSteps) return { steps: null, last: output, states };
  // Until they are stacked, all of them are there; they go with what else the loop holds.
  emptyTensor([further, ...output.shape]);
  return { steps: repeatSteps(output, count), last: output, states };
}

function stepOf(x: tf.Tensor, index: number): tf.Tensor {
  const rest = x.shape.slice(2);
  return tf.squeeze(tf.slice(x, [0, index, ...rest.map(() => 0)], [-1, 1, ...rest]), [1]);
}

/** A step of the samples that count it; the others stay as they were, and give what they gave, or zeros. */
function whereCounted(mask: tf.Tensor, now: Stepped, before: { output: tf.Tensor | null; states: tf.Tensor[] }): Stepped {
  const chosen = (yes: tf.Tensor, no: tf.Tensor): tf.Tensor =>
    tf.where(tf.greater(tf.add(tf.zerosLike(yes), tf.reshape(mask, [-1, ...yes.shape.slice(1).map(() => 1)])), 0), yes, no);
  return {
    output: chosen(now.output, before.output ?? tf.zerosLike(now.output)),
    states: now.states.map((state, index) => chosen(state, before.states[index] as tf.Tensor)),
  };
}

/** tfjs would fill an array even where the engine keeps no numbers. */
function zeros(shape: number[]): tf.Tensor {
  return tf.getBackend() === "shapes" ? emptyTensor(shape, "float32") : tf.zeros(shape);
}

function repeatSteps(last: tf.Tensor, count: number): tf.Tensor {
  return tf.tile(tf.expandDims(last, 1), [1, count, ...last.shape.slice(1).map(() => 1)]);
}

const give = ({ givesStates }: GivingOptions, { steps, last, states }: Looped): tf.Tensor[] => [
  steps ?? last,
  ...(givesStates ? states : []),
];

interface RecurrentOptions extends GivingOptions {
  cell: Cell;
  /** Keeps its states from one batch to the next, which ties the size of a batch. */
  isStateful: boolean;
}

/** `output` and `states` without the batch. */
function declareGiven({ givesSteps, givesStates }: GivingOptions, first: Shape, output: Shape, states: Shape[]): Shape[] {
  const [batch = null, steps = null] = first;
  const given = givesSteps ? [batch, steps, ...output] : [batch, ...output];
  return [given, ...(givesStates ? states.map((state) => [batch, ...state]) : [])];
}

const recurrent = (makeCell: (config: JsonObject, kerasMajor: 2 | 3) => Cell): Definition<RecurrentOptions> => ({
  options: (config, { kerasMajor }) => ({
    ...giving(config, kerasMajor),
    cell: makeCell(config, kerasMajor),
    isStateful: boolean(config, "stateful", false),
  }),
  weights: ({ cell }, first) => cell.weights(knownSize(first, -1)),
  rule: ({ isStateful }, [batch = null]) => ({ rank: 3, ...(isStateful && batch !== null ? { axes: [[0, batch]] } : {}) }),
  declare: (options, first) =>
    declareGiven(
      options,
      first,
      [options.cell.units],
      options.cell.stateUnits.map((units) => [units]),
    ),
  run: (options, x, weights, call) => {
    const { cell } = options;
    const given = call.tensors.slice(1);
    requireSameBatch(x, given);
    const first = cell.stateUnits.map((units, index) => given[index] ?? zeros([x.shape[0] as number, units]));
    return give(
      options,
      loop(options, call, first, (now, states) => cell.step(now, states, weights)),
    );
  },
});

/** A loop keeps the shape of its states, so one sample's do not stretch to several. */
function requireSameBatch(x: tf.Tensor, states: tf.Tensor[]): void {
  const other = states.find(({ shape }) => shape[0] !== x.shape[0]);
  if (other) throw new Error(`it begins with a state ${formatShape(other.shape)}, its tensor is ${formatShape(x.shape)}`);
}

/** The cell that a generic `RNN` names. @throws UnknownClass for one that nobody knows */
function namedCell(config: JsonObject, kerasMajor: 2 | 3): Cell {
  return cellOf(config["cell"], kerasMajor);
}

function cellOf(written: Json | undefined, kerasMajor: 2 | 3): Cell {
  const named = isObject(written) && !isForeignInside(written) ? written : {};
  const { class_name: className, config } = named;
  const inner = isObject(config) ? config : {};
  if (className === "StackedRNNCells" && Array.isArray(inner["cells"]))
    return stacked(inner["cells"].map((cell) => cellOf(cell, kerasMajor)));
  const make = typeof className === "string" ? CELLS[className] : undefined;
  if (!make) throw new UnknownClass(String(isObject(written) ? written["class_name"] : written));
  return make(inner, kerasMajor);
}

/** Cells one on top of the other, each with its own states, in their order. */
function stacked(cells: Cell[]): Cell {
  const last = cells.at(-1);
  if (!last) throw new Error("it has no cells");
  return {
    units: last.units,
    stateUnits: cells.flatMap(({ stateUnits }) => stateUnits),
    weights: (width) => cells.flatMap((cell, index) => prefixed(index, cell.weights(cells[index - 1]?.units ?? width))),
    step: (x, states, weights) => stackedStep(cells, x, states, weights),
  };
}

const prefixed = (index: number, weights: WeightShapes): WeightShapes => weights.map(([name, shape]) => [`${index}/${name}`, shape]);

function stackedStep(cells: Cell[], x: tf.Tensor, states: tf.Tensor[], weights: Weights): Stepped {
  let output = x;
  let from = 0;
  const next = cells.flatMap((cell, index) => {
    const own = Object.fromEntries(["kernel", "recurrent_kernel", "bias"].flatMap((name) => weightOf(weights, index, name)));
    const result = cell.step(output, states.slice(from, from + cell.stateUnits.length), own);
    from += cell.stateUnits.length;
    output = result.output;
    return result.states;
  });
  return { output, states: next };
}

function weightOf(weights: Weights, index: number, name: string): [string, tf.Tensor][] {
  const tensor = weights[`${index}/${name}`];
  return tensor ? [[name, tensor]] : [];
}

interface ConvolvingOptions extends GivingOptions, ConvolutionOptions {
  filters: number;
  gate: Activation;
  /** Keras 3 makes the first states when it builds the layer. */
  isStatic: boolean;
}

/** @throws Error where a spatial axis is left open */
function requireKnownSpatial(isFirst: boolean, first: Shape): void {
  if ((isFirst ? first.slice(3) : first.slice(2, -1)).includes(null))
    throw new Error(`it needs its spatial axes declared, its input is ${formatShape(first)}`);
}

/** Shape of a state without its batch. */
function stateShape(options: ConvolvingOptions, first: Shape): Shape {
  const [batch = null, , ...rest] = first;
  return mapSpatial(
    [batch, ...rest],
    options.isFirst,
    (size, axis) => declaredSlide(size, slidingAlong(options, axis)),
    options.filters,
  ).slice(1);
}

/** An LSTM whose products are convolutions. */
const convolvingLstm = (rank: number): Definition<ConvolvingOptions> => ({
  options: (config, making) => ({
    ...giving(config, making.kerasMajor),
    ...convolutionOptions({ ...config, activation: config["activation"] ?? "tanh" }, making, rank),
    filters: integer(config, "filters"),
    gate: activationOf(config["recurrent_activation"] ?? "sigmoid", making.kerasMajor),
    isStatic: making.kerasMajor === 3,
  }),
  weights: (options, first) => {
    if (options.isStatic) requireKnownSpatial(options.isFirst, first);
    const channels = knownSize(first, options.isFirst ? 2 : -1);
    const kernel = (width: number): number[] => [...options.window, width, options.filters * 4];
    return [
      ["kernel", kernel(channels)],
      ["recurrent_kernel", kernel(options.filters)],
      ...(options.useBias ? ([["bias", [options.filters * 4]]] as [string, number[]][]) : []),
    ];
  },
  rule: (options, first) => {
    const channels = options.isFirst ? 2 : rank + 2;
    const axes = options.isStatic ? first.map((_, axis) => axis).slice(2) : [channels];
    return { rank: rank + 3, axes: axes.map((axis) => [axis, knownSize(first, axis)]) };
  },
  declare: (options, first) =>
    declareGiven(options, first, stateShape(options, first), [stateShape(options, first), stateShape(options, first)]),
  run: (options, x, weights, call) => {
    const state = stateShape(options, x.shape) as number[];
    const first = [call.tensors[1], call.tensors[2]].map((given) => given ?? zeros([x.shape[0] as number, ...state]));
    return give(
      options,
      loop(options, call, first, (now, states) => convolvingStep(options, now, states, weights)),
    );
  },
});

function convolvingStep(options: ConvolvingOptions, x: tf.Tensor, [state, carry]: tf.Tensor[], weights: Weights): Stepped {
  const plain = { ...options, groups: 1, activation: activationOf(null, 3) };
  const still = { ...plain, strides: options.window.map(() => 1), dilations: options.window.map(() => 1), padding: "same" as const };
  const slide = (tensor: tf.Tensor, name: string, how: typeof plain): tf.Tensor =>
    withChannelsLast(options.isFirst, tensor, (last) =>
      convolve(last, weights[name] as tf.Tensor, name === "kernel" ? (weights["bias"] ?? null) : null, how),
    );
  const axis = options.isFirst ? 1 : -1;
  const sum = tf.add(slide(x, "kernel", plain), slide(state as tf.Tensor, "recurrent_kernel", still));
  const [input, forget, candidate, output] = tf.split(sum, 4, axis) as [tf.Tensor, tf.Tensor, tf.Tensor, tf.Tensor];
  const kept = tf.mul(options.gate.apply(forget), carry as tf.Tensor);
  const next = tf.add(kept, tf.mul(options.gate.apply(input), options.activation.apply(candidate)));
  const shown = tf.mul(options.gate.apply(output), options.activation.apply(next));
  return { output: shown, states: [shown, next] };
}

/** A cell as a layer of its own: one step, from the states that it is given to the next ones. */
const alone = (makeCell: (config: JsonObject, kerasMajor: 2 | 3) => Cell): Definition<Cell> => ({
  options: (config, { kerasMajor }) => makeCell(config, kerasMajor),
  weights: (cell, first) => cell.weights(knownSize(first, -1)),
  declare: (cell, first) => [cell.units, ...cell.stateUnits].map((units) => [first[0] ?? null, units]),
  run: (cell, x, weights, { tensors }) => {
    const { output, states } = cell.step(x, tensors.slice(1), weights);
    return [output, ...states];
  },
});

const stackedCell = (config: JsonObject, kerasMajor: 2 | 3): Cell => cellOf({ class_name: "StackedRNNCells", config }, kerasMajor);

export const RECURRENT: LayerTable = {
  SimpleRNNCell: define(alone(simpleCell)),
  LSTMCell: define(alone(lstmCell)),
  GRUCell: define(alone(gruCell)),
  StackedRNNCells: define(alone(stackedCell)),
  SimpleRNN: define(recurrent(simpleCell)),
  LSTM: define(recurrent(lstmCell)),
  GRU: define(recurrent(gruCell)),
  CuDNNLSTM: define(recurrent(cudnnLstmCell)),
  CuDNNGRU: define(recurrent(cudnnGruCell)),
  RNN: define(recurrent(namedCell)),
  ConvLSTM1D: define(convolvingLstm(1)),
  ConvLSTM2D: define(convolvingLstm(2)),
  ConvLSTM3D: define(convolvingLstm(3)),
};
