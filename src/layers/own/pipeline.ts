import type * as tf from "@tensorflow/tfjs-core";
import type { Shape } from "../../model";
import { shapesOf, weightsOf } from "../inner";
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

/** Layers one after the other, as one layer. @see Keras `Pipeline` */
class Pipeline implements Runner {
  constructor(private readonly inners: Inner[]) {}

  build(inputs: Shape[]): void {
    this.follow(inputs, (runner, shapes) => runner.build(shapes));
  }

  get weights(): LayerWeight[] {
    return this.inners.flatMap(weightsOf);
  }

  declare(inputs: Shape[]): Shape[] | null {
    return this.follow(inputs, () => {});
  }

  /** What the layers declare one after the other, each visited with what it is given; null where one cannot say. */
  private follow(inputs: Shape[], visit: (runner: Runner, shapes: Shape[]) => void): Shape[] | null {
    let shapes: Shape[] | null = inputs;
    for (const { runner } of this.inners) {
      if (shapes === null) return null;
      visit(runner, shapes);
      shapes = shapesOf(runner.declare(shapes, callOn(shapes)));
    }
    return shapes;
  }

  rules(): (InputRule | null)[] {
    return this.inners[0]?.runner.rules() ?? [];
  }

  run(call: BoundCall): tf.Tensor[] {
    return this.inners.reduce((tensors, inner, index) => {
      const isFirst = index === 0;
      return inner.runner.run(isFirst ? call : { tensors, args: tensors, kwargs: {} });
    }, call.tensors);
  }

  dispose(): void {
    for (const { runner } of this.inners) runner.dispose();
  }
}

const callOn = (shapes: Shape[]): DeclaredCall => ({ args: shapes.map((shape) => new DeclaredTensor(shape, "float32")), kwargs: {} });

export const PIPELINES: LayerTable = {
  Pipeline: ({ layers }, making) => {
    if (!Array.isArray(layers)) throw new Error("its layers are not written down");
    return new Pipeline(layers.map((layer) => making.inner(layer)));
  },
};
