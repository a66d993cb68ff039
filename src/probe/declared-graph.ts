import { emptyTensor } from "../engines";
import { DeclaredTensor } from "../layers";
import type { Shape } from "../model";
import { tensorDtype } from "./declared-input";
import type { PreparedModel } from "./prepared";
import { Run } from "./run";

/** Sizes that stand for open axes: what differs between them depends on those. The same as Keras 3's own. */
const STAND_INS = [83, 89] as const;

/** What a graph of operations gives for declared tensors, of which it says nothing itself; null where a run does not come through. */
export function declaredByRunning(graph: ConstructorParameters<typeof Run>[0], inputs: (DeclaredTensor | null)[]): DeclaredTensor[] | null {
  const known = inputs.filter((tensor) => tensor !== null);
  if (known.length < inputs.length) return null;
  const [once, again] = STAND_INS.map((size) => outputShapes(graph, known, size));
  if (!once || !again) return null;
  return once.map((shape, index) => {
    const declared: Shape = shape.map((size, axis) => (again[index]?.[axis] === size ? size : null));
    return new DeclaredTensor(declared, "float32");
  });
}

function outputShapes(
  graph: Pick<PreparedModel, "model" | "network" | "weightsById">,
  inputs: DeclaredTensor[],
  standIn: number,
): number[][] | null {
  const run = new Run(graph);
  try {
    const steps = run.run(
      inputs.map(({ shape, dtype }) =>
        emptyTensor(
          shape.map((size) => size ?? standIn),
          tensorDtype(dtype),
        ),
      ),
    );
    let step = steps.next();
    while (!step.done) step = steps.next();
    const shapes = step.value.map((tensors) => tensors?.[0]?.shape.slice() ?? null);
    const known = shapes.filter((shape) => shape !== null);
    return run.failure || known.length < shapes.length ? null : known;
  } finally {
    run.free();
  }
}
