import type * as tf from "@tensorflow/tfjs-core";
import { knownValues, UnknownNumbers } from "../engines";
import { sameShape } from "../model";
import type { Keeper } from "./keeper";
import type { PreparedNetwork, Step } from "./prepared";

/** Tensors of a step; null where nobody knows them. */
type Tensors = tf.Tensor[] | null;
type Walk = Generator<undefined, tf.Tensor[] | null>;

/** What runs the networks inside an operation. @throws Unknown where loops go round too often */
export interface Walker {
  keeper: Keeper;
  /** Runs the network of one of its parts; null where it failed or nobody knows what comes out. `again`: it ran before, and nothing new is told of it. */
  walk(part: Step, tensors: tf.Tensor[], again: boolean): Walk;
}

/** Operations that all loops of a run may repeat together: some ten seconds. No model's loop is followed further. */
export const MOST_REPEATED = 1_000_000;

/** One row a kind of operation that has networks inside. */
export const CONTROLS: { readonly [kind: string]: ((inside: PreparedNetwork, tensors: tf.Tensor[], walker: Walker) => Walk) | undefined } =
  {
    loop,
    branches,
  };

/**
 * As long as its condition holds the body is given what it gave. Where the condition is a number that nobody knows, the body runs once:
 * what it does to shapes it does each time, unless a shape differs afterwards.
 * @throws UnknownNumbers where shapes depend on how often it goes round
 */
function* loop({ steps }: PreparedNetwork, tensors: tf.Tensor[], { keeper, walk }: Walker): Walk {
  const [condition, body] = steps as [Step, Step];
  let state = tensors;
  keeper.hold(state, 1);
  for (let round = 0; ; round++) {
    const [test] = (yield* walk(condition, state, round > 0)) ?? [];
    if (!test) return null;
    const goesOn = truth(test);
    keeper.release([test]);
    if (goesOn === false) return state;
    const next = yield* walk(body, state, round > 0);
    if (!next) return null;
    const hasChanged = next.some(({ shape }, index) => !sameShape(shape, state[index]?.shape ?? []));
    keeper.release(state);
    state = next;
    if (goesOn !== null) continue;
    if (hasChanged) throw new UnknownNumbers("shapes in it depend on how often it goes round, which depends on numbers");
    return state;
  }
}

/**
 * The branch that a number chooses; all of them where nobody knows the number.
 * @throws UnknownNumbers where the branches give other shapes then
 */
function* branches({ steps }: PreparedNetwork, [choice, ...tensors]: tf.Tensor[], { keeper, walk }: Walker): Walk {
  const chosen = choice ? numberOf(choice) : null;
  if (chosen !== null) {
    // What is out of range takes the last one.
    const branch = steps[chosen] ?? steps.at(-1);
    return branch ? yield* walk(branch, tensors, false) : null;
  }
  let first: Tensors = null;
  for (const branch of steps) {
    const outputs = yield* walk(branch, tensors, false);
    if (!outputs) return null;
    if (first) {
      requireSame(first, outputs);
      keeper.release(outputs);
    }
    first ??= outputs;
  }
  return first;
}

function requireSame(a: tf.Tensor[], b: tf.Tensor[]): void {
  if (!a.every(({ shape }, index) => sameShape(shape, b[index]?.shape ?? [])))
    throw new UnknownNumbers("its branches give other shapes, and which is taken depends on numbers");
}

const truth = (tensor: tf.Tensor): boolean | null => {
  const number = numberOf(tensor);
  return number === null ? null : number !== 0;
};

/** The number of a tensor of one; null where nobody knows it. */
export function numberOf(tensor: tf.Tensor): number | null {
  return knownValues(tensor)?.[0] ?? null;
}
