import * as tf from "@tensorflow/tfjs-core";
import { emptyTensor } from "../../engines";
import type { Shape } from "../../model";
import { text } from "../config";
import {
  type BoundCall,
  type DeclaredCall,
  DeclaredTensor,
  type Inner,
  type InputRule,
  type LayerTable,
  type LayerWeight,
  type Runner,
} from "../row";

const plainCall = (tensors: tf.Tensor[]): BoundCall => ({ tensors, args: tensors, kwargs: {} });

const shapesOf = (declared: (Shape | DeclaredTensor)[] | null): Shape[] =>
  (declared ?? []).map((one) => (one instanceof DeclaredTensor ? one.shape : one));

/** Weights of an inner layer, under its name. */
function weightsOf({ name, runner }: Inner): LayerWeight[] {
  return runner.weights.map((weight) => ({ ...weight, name: `${name}/${weight.name}` }));
}

/** A layer at each step of a sequence: steps join the batch, and part from it again. */
class TimeDistributed implements Runner {
  constructor(private readonly inner: Inner) {}

  build([first = []]: Shape[]): void {
    if (first.length < 3) throw new Error("it needs a batch, steps, and at least one axis more");
    this.inner.runner.build([withoutSteps(first)]);
  }

  get weights(): LayerWeight[] {
    return weightsOf(this.inner);
  }

  declare([first = []]: Shape[], call: DeclaredCall): Shape[] {
    return shapesOf(this.inner.runner.declare([withoutSteps(first)], call)).map(([batch = null, ...rest]) => [
      batch,
      first[1] ?? null,
      ...rest,
    ]);
  }

  rules(): (InputRule | null)[] {
    const [rule] = this.inner.runner.rules();
    return [rule ? { ...rule, ...shifted(rule), axes: (rule.axes ?? []).map(([axis, size]) => [axis > 0 ? axis + 1 : axis, size]) } : null];
  }

  run({ tensors: [x] }: BoundCall): tf.Tensor[] {
    const [batch = 1, steps = 1, ...rest] = (x as tf.Tensor).shape;
    const results = this.inner.runner.run(plainCall([tf.reshape(x as tf.Tensor, [batch * steps, ...rest])]));
    return results.map((result) => tf.reshape(result, [batch, steps, ...result.shape.slice(1)]));
  }

  dispose(): void {
    this.inner.runner.dispose();
  }
}

const withoutSteps = ([batch = null, , ...rest]: Shape): Shape => [batch, ...rest];

function shifted({ rank, minRank, maxRank }: InputRule): InputRule {
  return {
    ...(rank === undefined ? {} : { rank: rank + 1 }),
    ...(minRank === undefined ? {} : { minRank: minRank + 1 }),
    ...(maxRank === undefined ? {} : { maxRank: maxRank + 1 }),
  };
}

type Merge = (forward: tf.Tensor, backward: tf.Tensor) => tf.Tensor;

/** How the two directions come together; without a mode both are given out. */
const MERGES: { [mode: string]: Merge } = {
  concat: (a, b) => tf.concat([a, b], -1),
  sum: (a, b) => tf.add(a, b),
  mul: (a, b) => tf.mul(a, b),
  ave: (a, b) => tf.div(tf.add(a, b), tf.scalar(2)),
};

/** A recurrent layer forwards and one backwards. */
class Bidirectional implements Runner {
  constructor(
    private readonly forward: Inner,
    private readonly backward: Inner,
    private readonly mode: string | null,
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
    const [output = [], ...states] = shapesOf(this.forward.runner.declare(inputs.slice(0, 1), call));
    if (this.mode === null) return [output, output, ...states, ...states];
    const last = output.at(-1) ?? null;
    const merged = this.mode === "concat" ? [...output.slice(0, -1), last === null ? null : last * 2] : output;
    return [merged, ...states, ...states];
  }

  rules(): (InputRule | null)[] {
    return this.forward.runner.rules();
  }

  run({ tensors: [x, ...states] }: BoundCall): tf.Tensor[] {
    const half = states.length / 2;
    const steps = x as tf.Tensor;
    const [a, ...aStates] = this.forward.runner.run(plainCall([steps, ...states.slice(0, half)]));
    const [reversed, ...bStates] = this.backward.runner.run(plainCall([tf.reverse(steps, 1), ...states.slice(half)]));
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
    this.vector = { name: this.kerasMajor === 2 ? "sn_u" : "vector_u", shape, tensor: emptyTensor(shape, "float32") };
  }

  get weights(): LayerWeight[] {
    const [kernel, ...others] = weightsOf(this.inner);
    // Keras lists the kernel first, as the wrapper itself holds it.
    return kernel && this.vector ? [kernel, this.vector, ...others] : [];
  }

  declare(inputs: Shape[], call: DeclaredCall): Shape[] {
    return shapesOf(this.inner.runner.declare(inputs, call));
  }

  rules(): (InputRule | null)[] {
    return this.inner.runner.rules();
  }

  run(call: BoundCall): tf.Tensor[] {
    return this.inner.runner.run(call);
  }

  dispose(): void {
    this.inner.runner.dispose();
    this.vector?.tensor.dispose();
  }
}

export const WRAPPERS: LayerTable = {
  TimeDistributed: (config, making) => new TimeDistributed(making.inner(config["layer"])),
  Bidirectional: (config, making) => {
    const forward = making.inner(config["layer"]);
    const backward = making.inner(config["backward_layer"] ?? config["layer"]);
    const mode = config["merge_mode"] === null ? null : text(config, "merge_mode", "concat");
    return new Bidirectional({ ...forward, name: `forward_${forward.name}` }, { ...backward, name: `backward_${backward.name}` }, mode);
  },
  SpectralNormalization: (config, making) => new SpectralNormalization(making.inner(config["layer"]), making.kerasMajor),
};
