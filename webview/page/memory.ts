import type { Memory } from "../host";

/** How one looks at a model. Kept by the page; the host knows nothing of it. */
export interface Look {
  /** The model's name: what was remembered of another model does not apply. */
  model: string;
  open: string[];
  selected: string | null;
  camera: { x: number; y: number; k: number } | null;
}

/** What was remembered for this model; null where nothing was, or something else lies there. */
export function recall(memory: Memory, model: string): Look | null {
  const found = memory.get() as Partial<Look> | null;
  if (typeof found !== "object" || found === null || found.model !== model || !Array.isArray(found.open)) return null;
  const camera = found.camera;
  const isPlace = camera && [camera.x, camera.y, camera.k].every(Number.isFinite) && camera.k > 0;
  return {
    model,
    open: found.open.filter((id) => typeof id === "string"),
    selected: typeof found.selected === "string" ? found.selected : null,
    camera: isPlace ? camera : null,
  };
}
