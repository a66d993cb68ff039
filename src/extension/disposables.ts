/** Anything that must be let go of; the same shape as VS Code's. */
export interface Disposable {
  dispose(): void;
}

/** Owns what it is given: all of it is disposed with the owner, newest first. What comes after that is disposed at once. */
export class Disposables implements Disposable {
  #owned: Disposable[] | null = [];

  get isDisposed(): boolean {
    return this.#owned === null;
  }

  register<T extends Disposable>(owned: T): T {
    if (this.#owned === null) owned.dispose();
    else this.#owned.push(owned);
    return owned;
  }

  dispose(): void {
    const owned = this.#owned ?? [];
    this.#owned = null;
    for (const one of owned.reverse()) one.dispose();
  }
}
