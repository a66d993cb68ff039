import * as tf from "@tensorflow/tfjs-core";
import type { BoundCall } from "./row";

/**
 * Which positions of a tensor count, as Keras keeps it beside the tensor (`_keras_mask`): 1 where a position counts, else 0. Floats
 * rather than bools, which tfjs's kernels on WebAssembly read past their end. Followed on
 * engines with numbers, and on shapes where the memory of a run is rehearsed: no shape depends on it. A tensor object has at most one, wherever it is read.
 */
export class Masks {
  private readonly beside = new WeakMap<tf.Tensor, tf.Tensor>();
  private readonly kept: tf.Tensor[] = [];

  of(tensor: tf.Tensor | undefined): tf.Tensor | null {
    return (tensor && this.beside.get(tensor)) ?? null;
  }

  /** Keeps a copy, whatever becomes of `mask`. */
  set(tensor: tf.Tensor, mask: tf.Tensor): void {
    const copy = tf.keep(tf.cast(mask, "float32"));
    this.kept.push(copy);
    this.beside.set(tensor, copy);
  }

  drop(tensor: tf.Tensor): void {
    this.beside.delete(tensor);
  }

  free(): void {
    for (const mask of this.kept.splice(0)) mask.dispose();
  }
}

/** Whether the current engine has numbers. */
export const hasNumbers = (): boolean => tf.getBackend() !== "shapes";

/** Whether masks matter to a call. */
export const followsMasks = ({ masks }: BoundCall): boolean => masks !== undefined || hasNumbers();

/** The mask of tensor number `index` of a call: what its argument `mask` gives, else the one beside the tensor; null where all positions count. */
export function maskOf({ tensors, kwargs, masks }: BoundCall, index = 0): tf.Tensor | null {
  const given = kwargs["mask"];
  const one = Array.isArray(given) ? given[index] : index === 0 ? given : null;
  if (one instanceof tf.Tensor) return tf.cast(one, "float32");
  return given == null ? (masks?.of(tensors[index]) ?? null) : null;
}

/** The mask that a recurrent layer is given: one beside its tensor Keras 3 passes on only where it is called on that tensor alone, without states. */
export function maskOfSteps(call: BoundCall, kerasMajor: 2 | 3): tf.Tensor | null {
  const isGiven = call.kwargs["mask"] instanceof tf.Tensor;
  return isGiven || kerasMajor === 2 || call.tensors.length === 1 ? maskOf(call) : null;
}
