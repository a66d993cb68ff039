import { isObject, type Probe } from "../model";
import { asModelRef, type ModelRef, refKey } from "./model-ref";

/** A model that was inspected, and the last probe that was sent through it (null: none came so far). */
export interface Recent {
  ref: ModelRef;
  probe: Probe | null;
}

/** Where VS Code keeps values between sessions (`ExtensionContext.workspaceState`). */
export interface Memento {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

const KEY = "layerscope.recents";
const LIMIT = 12;

/** The models last inspected, newest first, each once. */
export class Recents {
  constructor(private readonly memento: Memento) {}

  list(): Recent[] {
    const kept = this.memento.get(KEY);
    return Array.isArray(kept) ? kept.flatMap(asRecent) : [];
  }

  /** The last probe of a model, so that it opens as it was left. */
  probeOf(ref: ModelRef): Probe | null {
    return this.list().find((recent) => refKey(recent.ref) === refKey(ref))?.probe ?? null;
  }

  async remember(ref: ModelRef, probe: Probe | null): Promise<void> {
    const others = this.list().filter((recent) => refKey(recent.ref) !== refKey(ref));
    await this.memento.update(KEY, [{ ref, probe: probe ?? this.probeOf(ref) }, ...others].slice(0, LIMIT));
  }
}

/** The host's part of what a page kept (`ViewEvents.keep`); null where it holds no model. */
export function restoredFrom(pageState: unknown): Recent | null {
  return isObject(pageState) ? (asRecent(pageState["host"])[0] ?? null) : null;
}

function asRecent(kept: unknown): Recent[] {
  const { ref, probe } = (kept ?? {}) as Partial<Recent>;
  const known = asModelRef(ref);
  return known ? [{ ref: known, probe: isProbe(probe) ? probe : null }] : [];
}

/** Whether a value kept by an earlier version still is a probe. */
export function isProbe(kept: unknown): kept is Probe {
  const { inputs, mode, engine, fill } = (kept ?? {}) as Partial<Probe>;
  const areShapes = typeof inputs === "object" && inputs !== null && Object.values(inputs).every(isSizes);
  return areShapes && [mode, engine, fill].every((word) => typeof word === "string");
}

/** Whether a value is a list of whole numbers. */
export function isSizes(kept: unknown): kept is number[] {
  return Array.isArray(kept) && kept.every((size) => Number.isInteger(size));
}
