import type { AskedProbe } from "../model";
import { type EditedModel, editModel, isEdit, type PreparedModel } from "../probe";

/** The model of the last edit, kept for the next probe of it; it is freed when nobody uses it any more. */
export class Edits {
  #last: Kept | null = null;
  #isOver = false;

  constructor(private readonly base: PreparedModel) {}

  /** Works on what the probe's edit makes of the model; null where it asks for none. @throws UserError where there is no such edit */
  async use<T>(probe: AskedProbe, work: (edited: EditedModel | null) => Promise<T>, signal?: AbortSignal): Promise<T> {
    if (!isEdit(probe?.edit)) return work(null); // what is no probe at all is refused where probes are
    const kept = this.#keep(probe, signal);
    kept.users++;
    try {
      return await work(await kept.made);
    } finally {
      kept.users--;
      if (kept !== this.#last || this.#isOver) free(kept);
    }
  }

  dispose(): void {
    this.#isOver = true;
    if (this.#last) free(this.#last);
  }

  #keep(probe: AskedProbe, signal: AbortSignal | undefined): Kept {
    const key = JSON.stringify([probe.edit, this.#isOpen ? probe.inputs : null]);
    const last = this.#last;
    if (last?.key === key) return last;
    const kept: Kept = { key, users: 0, made: editModel(this.base, probe, signal ? { signal } : {}) };
    // Nothing of a failure is kept.
    kept.made.catch(() => {
      if (this.#last === kept) this.#last = null;
    });
    this.#last = kept;
    if (last) free(last);
    return kept;
  }

  /** Whether an edited model depends on the probe's sizes. */
  get #isOpen(): boolean {
    return this.base.inputs.some(({ declared }) => declared.slice(1).includes(null) || declared.length === 0);
  }
}

interface Kept {
  key: string;
  users: number;
  made: Promise<EditedModel>;
}

function free({ users, made }: Kept): void {
  if (users > 0) return;
  made.then(
    ({ prepared }) => prepared.dispose(),
    () => undefined, // whoever asked for it has been told
  );
}
