import { HelperFailure } from "./failure";

/** Holds the few things used last by id; what has to go is disposed of. Whoever asks for one that went is told so (`evicted`). */
export class RecentlyUsed<T extends { dispose(): void }> {
  readonly #held = new Map<string, T>();
  #countSoFar = 0;

  constructor(readonly capacity: number) {}

  /** Keeps `thing` and gives its id. */
  add(thing: T): string {
    const id = String(++this.#countSoFar);
    this.#held.set(id, thing);
    const [oldest] = this.#held.keys();
    if (this.#held.size > this.capacity && oldest !== undefined) this.remove(oldest);
    return id;
  }

  get(id: string): T {
    const thing = this.#held.get(id);
    if (!thing) throw new HelperFailure("evicted", "The helper process no longer holds this model; open it again.");
    this.#held.delete(id);
    this.#held.set(id, thing);
    return thing;
  }

  /** Nothing happens where it is not held. */
  remove(id: string): void {
    this.#held.get(id)?.dispose();
    this.#held.delete(id);
  }
}
