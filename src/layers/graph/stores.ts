import * as tf from "@tensorflow/tfjs-core";

/** Tensors in a row, some of which may not have been written yet. */
export interface Listed {
  items: (tf.Tensor | null)[];
  dtype: tf.DataType;
}

/** What the lists and arrays of one run hold, by the tensors that stand for them in the graph. */
export class Stores {
  private readonly byHandle = new WeakMap<tf.Tensor, Listed>();
  private readonly kept: tf.Tensor[] = [];

  /** Stands for a list from now on. */
  handleOf(list: Listed): tf.Tensor {
    const handle = tf.scalar(0, "int32");
    this.byHandle.set(handle, list);
    return handle;
  }

  /** @throws Error where the tensor stands for no list of this run */
  of(handle: tf.Tensor | undefined): Listed {
    const list = handle && this.byHandle.get(handle);
    if (!list) throw new Error("it is given a tensor where it needs a list of tensors");
    return list;
  }

  /** The tensor for as long as the run lasts, whoever frees the one given. */
  keep(tensor: tf.Tensor): tf.Tensor {
    const kept = tf.keep(tf.clone(tensor));
    this.kept.push(kept);
    return kept;
  }

  free(): void {
    for (const tensor of this.kept) tensor.dispose();
    this.kept.length = 0;
  }
}
