import type { Tensor } from "@tensorflow/tfjs-core";
import { startedTfjsNode } from "./engine";

/** What a SavedModel is run by: where it lies, and which of its graphs and entries is meant. */
export interface SavedModelEntry {
  folder: string;
  tags: string[];
  signature: string;
}

/** What tfjs-node does with SavedModels, of which its backend knows nothing. */
interface TfjsNode {
  node: { loadSavedModel(path: string, tags: string[], signature: string): Promise<Loaded> };
}
interface Loaded {
  predict(inputs: { [name: string]: Tensor }): Tensor | Tensor[] | { [name: string]: Tensor };
  dispose(): void;
}

/**
 * What TensorFlow itself gives for a SavedModel's entry: shapes by the names of its outputs. The engine `native` must be started.
 * @throws Error with TensorFlow's reason
 */
export async function runSavedModel(
  { folder, tags, signature }: SavedModelEntry,
  inputs: { [name: string]: Tensor },
): Promise<{ [output: string]: number[] }> {
  const model = await startedTfjsNode<TfjsNode>().node.loadSavedModel(folder, tags, signature);
  try {
    const given = model.predict(inputs);
    const outputs = Object.entries(given as { [name: string]: Tensor });
    const shapes = outputs.map(([name, tensor]) => [name, tensor.shape.slice()] as const);
    for (const [, tensor] of outputs) tensor.dispose();
    return Object.fromEntries(shapes);
  } finally {
    model.dispose();
  }
}
