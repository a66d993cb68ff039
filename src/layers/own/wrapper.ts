import * as tf from "@tensorflow/tfjs-core";
import { emptyTensor } from "../../engines";
import { isObject, type Json, type Shape } from "../../model";
import { text } from "../config";
import { shapesOf, weightsOf } from "../inner";
import { followMasks } from "../masking";
import { followsMasks, maskOf } from "../masks";
import type { BoundCall, DeclaredCall, DeclaredTensor, Inner, InputRule, LayerTable, LayerWeight, Runner } from "../row";

/** A call of an inner layer, which is given the masks that are beside its tensors, or the one that the wrapper was called with. */
const innerCall = (tensors: tf.Tensor[], { kwargs, masks }: BoundCall): BoundCall => ({
  tensors,
  args: tensors,
  kwargs: kwargs["mask"] === undefined ? {} : { mask: kwargs["mask"] },
  ...(masks ? { masks } : {}),
});

/** What an inner layer declares; nothing where it cannot say. */
const declaredOf = (declared: (Shape | DeclaredTensor)[] | null): Shape[] => shapesOf(declared) ?? [];

/** A layer at each step of a sequence: steps join the batch, and part from it again. */
class TimeDistributed implements Runner {
  private asked: InputRule | null = null;

  constructor(
    private readonly inner: Inner,
    private readonly kerasMajor: 2 | 3,
  ) {}

  build([first = []]: Shape[]): void {
    if (first.length < 3) throw new Error("it needs a batch, steps, and at least one axis more");
    this.inner.runner.build([withoutSteps(first)]);
    // tf_keras asks for every axis that was declared; Keras 3 runs the inner layer past its own check.
    if (this.kerasMajor === 2) this.asked = { rank: first.length, axes: first.flatMap(declaredAxis) };
  }

  get weights(): LayerWeight[] {
    return weightsOf(this.inner);
  }

  declare([first = []]: Shape[], call: DeclaredCall): Shape[] {
    return declaredOf(this.inner.runner.declare([withoutSteps(first)], call)).map(([batch = null, ...rest]) => [
      batch,
      first[1] ?? null,
      ...rest,
    ]);
  }

  rules(): (InputRule | null)[] {
    return [this.asked];
  }

  run(call: BoundCall): tf.Tensor[] {
    const x = call.tensors[0] as tf.Tensor;
    const [batch = 1, steps = 1, ...rest] = x.shape;
    const mask = followsMasks(call) ? maskOf(call) : null;
    const together = tf.reshape(x, [batch * steps, ...rest]);
    // A mask of the steps alone tells the inner layer nothing.
    if (mask && mask.rank > 2) call.masks?.set(together, tf.reshape(mask, [batch * steps, ...mask.shape.slice(2)]));
    const inner = innerCall([together], { ...call, kwargs: {} });
    const results = this.inner.runner.run(inner);
    const parted = results.map((result) => tf.reshape(result, [batch, steps, ...result.shape.slice(1)]));
    if (this.kerasMajor === 2) this.keepInnerMask(inner, results, parted[0] as tf.Tensor, mask);
    return parted;
  }

  /** tf_keras gives out the mask that the inner layer gives, else that of the steps. */
  private keepInnerMask(inner: BoundCall, results: tf.Tensor[], output: tf.Tensor, given: tf.Tensor | null): void {
    const { masks } = inner;
    const found = masks?.of(results[0]) ?? masks?.of(followMasks(this.inner, 2, inner, results)[0]);
    if (found) masks?.set(output, tf.reshape(found, [...output.shape.slice(0, 2), ...found.shape.slice(1)]));
    else if (given && given.rank > 2) masks?.set(output, tf.max(given, axesFrom(2, given.rank)));
  }

  dispose(): void {
    this.inner.runner.dispose();
  }
}

const axesFrom = (first: number, rank: number): number[] => Array.from({ length: rank - first }, (_, index) => first + index);

const withoutSteps = ([batch = null, , ...rest]: Shape): Shape => [batch, ...rest];

/** An axis behind batch and steps, where its size is declared. */
const declaredAxis = (size: number | null, axis: number): [axis: number, size: number][] =>
  axis < 2 || size === null ? [] : [[axis, size]];

type Merge = (forward: tf.Tensor, backward: tf.Tensor) => tf.Tensor;

/** How the two directions come together; without a mode both are given out. */
const MERGES: { [mode: string]: Merge } = {
  concat: (a, b) => tf.concat([a, b], -1),
  sum: (a, b) => tf.add(a, b),
  mul: (a, b) => tf.mul(a, b),
  ave: (a, b) => tf.div(tf.add(a, b), tf.scalar(2)),
};

const sumOf = (a: number | null = null, b: number | null = null): number | null => (a === null || b === null ? null : a + b);

/** The config of a recurrent layer that goes the other way: what Keras makes of the forward one where the file has no backward one. */
function turned(written: Json | undefined): Json | undefined {
  if (!isObject(written) || !isObject(written["config"])) return written;
  const { config } = written;
  return { ...written, config: { ...config, go_backwards: config["go_backwards"] !== true } };
}

/** In both directions a step that does not count gives zeros, where steps are given at all. */
function withZeros(written: Json | undefined): Json | undefined {
  if (!isObject(written) || !isObject(written["config"])) return written;
  const { config } = written;
  return { ...written, config: { ...config, zero_output_for_mask: config["return_sequences"] === true } };
}

/** A recurrent layer forwards and one that goes backwards itself, whose steps are turned round again. */
class Bidirectional implements Runner {
  constructor(
    private readonly forward: Inner,
    private readonly backward: Inner,
    private readonly mode: string | null,
    private readonly kerasMajor: 2 | 3,
  ) {}

  build(inputs: Shape[]): void {
    const states = inputs.slice(1);
    const half = states.length / 2;
    this.forward.runner.build([inputs[0] ?? [], ...states.slice(0, half)]);
    this.backward.runner.build([inputs[0] ?? [], ...states.slice(half)]);
  }

  get weights(): LayerWeight[] {
    return [...weightsOf(this.forward), ...weightsOf(this.backward)];
  }

  declare(inputs: Shape[], call: DeclaredCall): Shape[] {
    const [output = [], ...states] = declaredOf(this.forward.runner.declare(inputs.slice(0, 1), call));
    if (this.mode === null) return [output, output, ...states, ...states];
    // Keras 3 takes the other direction to be as wide.
    const [other = []] = this.kerasMajor === 3 ? [output] : declaredOf(this.backward.runner.declare(inputs.slice(0, 1), call));
    const merged = this.mode === "concat" ? [...output.slice(0, -1), sumOf(output.at(-1), other.at(-1))] : output;
    return [merged, ...states, ...states];
  }

  rules(): (InputRule | null)[] {
    return this.forward.runner.rules();
  }

  run(call: BoundCall): tf.Tensor[] {
    const [x, ...states] = call.tensors;
    const half = states.length / 2;
    const steps = x as tf.Tensor;
    const [a, ...aStates] = this.forward.runner.run(innerCall([steps, ...states.slice(0, half)], call));
    const [reversed, ...bStates] = this.backward.runner.run(innerCall([steps, ...states.slice(half)], call));
    const b =
      (reversed as tf.Tensor).rank > 2 && (reversed as tf.Tensor).rank === steps.rank
        ? tf.reverse(reversed as tf.Tensor, 1)
        : (reversed as tf.Tensor);
    const merge = this.mode === null ? null : MERGES[this.mode];
    return merge ? [merge(a as tf.Tensor, b), ...aStates, ...bStates] : [a as tf.Tensor, b, ...aStates, ...bStates];
  }

  dispose(): void {
    this.forward.runner.dispose();
    this.backward.runner.dispose();
  }
}

/** A layer whose kernel is kept small in training; at inference it is that layer, with one weight more. */
class SpectralNormalization implements Runner {
  private vector: LayerWeight | null = null;

  constructor(
    private readonly inner: Inner,
    private readonly kerasMajor: 2 | 3,
  ) {}

  build(inputs: Shape[]): void {
    this.inner.runner.build(inputs);
    const kernel = this.inner.runner.weights.find(({ name }) => name === "kernel" || name === "embeddings");
    if (!kernel) throw new Error(`the ${this.inner.className} inside it has no kernel`);
    const shape = [1, kernel.shape.at(-1) as number];
    this.vector = { name: "vector_u", shape, tensor: emptyTensor(shape, "float32") };
  }

  get weights(): LayerWeight[] {
    const [kernel, ...others] = weightsOf(this.inner);
    if (!kernel || !this.vector) return [];
    // Keras 3 lists the kernel first, as the wrapper itself holds it; tf_keras what is not trained last.
    return this.kerasMajor === 3 ? [kernel, this.vector, ...others] : [kernel, ...others, this.vector];
  }

  declare(inputs: Shape[], call: DeclaredCall): Shape[] {
    return declaredOf(this.inner.runner.declare(inputs, call));
  }

  rules(): (InputRule | null)[] {
    return this.inner.runner.rules();
  }

  run(call: BoundCall): tf.Tensor[] {
    return followMasks(this.inner, this.kerasMajor, call, this.inner.runner.run(call));
  }

  dispose(): void {
    this.inner.runner.dispose();
    this.vector?.tensor.dispose();
  }
}

export const WRAPPERS: LayerTable = {
  TimeDistributed: (config, making) => new TimeDistributed(making.inner(config["layer"]), making.kerasMajor),
  Bidirectional: (config, making) => {
    const forward = making.inner(withZeros(config["layer"]));
    const backward = making.inner(withZeros(config["backward_layer"] ?? turned(config["layer"])));
    const mode = config["merge_mode"] === null ? null : text(config, "merge_mode", "concat");
    return new Bidirectional(
      { ...forward, name: `forward_${forward.name}` },
      { ...backward, name: `backward_${backward.name}` },
      mode,
      making.kerasMajor,
    );
  },
  SpectralNormalization: (config, making) => new SpectralNormalization(making.inner(config["layer"]), making.kerasMajor),
};
