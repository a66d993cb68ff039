import * as tf from "@tensorflow/tfjs-core";
import { initializers } from "@tensorflow/tfjs-layers";
import { emptyTensor } from "../engines";

type Initializer = ReturnType<typeof initializers.zeros>;

// tfjs does not export its base class, and takes nothing else for an initializer.
const Base = Object.getPrototypeOf(initializers.zeros().constructor) as new () => Initializer;

/** Weights that nobody has read: a shape, and no numbers. */
class Unread extends Base {
  override apply(shape: number[], dtype?: tf.DataType): tf.Tensor {
    return emptyTensor(shape, dtype ?? "float32");
  }
  override getConfig(): tf.serialization.ConfigDict {
    return {};
  }
  override getClassName(): string {
    return "Unread";
  }
}

/** Stands for every initializer, so that building a layer allocates nothing. */
export const unread: Initializer = new Unread();

/** Weights with numbers that are known without reading a file. */
class Known extends Unread {
  constructor(private readonly values: number[]) {
    super();
  }
  override apply(shape: number[], dtype?: tf.DataType): tf.Tensor {
    const isFit = this.values.length === shape.reduce((count, size) => count * size, 1);
    return isFit ? tf.tensor(this.values, shape, dtype ?? "float32") : super.apply(shape, dtype);
  }
}

/** An initializer that gives `values` where their number fits. */
export function known(values: number[]): Initializer {
  return new Known(values);
}
