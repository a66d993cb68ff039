import { t } from "@vscode/l10n";
import { commands, type ExtensionContext, env, window, workspace } from "vscode";
import { Emitter } from "vscode-jsonrpc/node";
import { HelperClient } from "../helper/client";
import { ImageFolder } from "../helper/image-folder";
import { type AskedProbe, type Probe, progressWords } from "../model";
import { Disposables } from "./disposables";
import { Inspection } from "./inspection";
import type { ModelRef } from "./model-ref";
import { withPatience } from "./patience";
import { Recents } from "./recents";
import { sourceOf } from "./source";

/** Owns what lives as long as the extension: the helper, what was inspected last, and what is remembered. */
export class LayerscopeContext extends Disposables {
  readonly recents: Recents;
  readonly helper: HelperClient;
  /** Images to fill probes with that lie on no disk of this machine. */
  readonly images = this.register(new ImageFolder());
  readonly #currentChanged = this.register(new Emitter<Inspection | null>());
  /** The inspection last looked at: what commands, hovers and the docked graph speak of. */
  readonly onDidChangeCurrent = this.#currentChanged.event;
  #current: Inspection | null = null;
  readonly #holders = new Map<Inspection, number>();

  constructor(readonly extension: ExtensionContext) {
    super();
    this.recents = new Recents(extension.workspaceState);
    const settings = workspace.getConfiguration("layerscope");
    const memoryLimitMb = settings.get("helper.memoryLimitMb", 4096);
    const numbersLimitMb = settings.get("numbers.memoryLimitMb", 0);
    // The process itself starts with the first request.
    this.helper = this.register(
      new HelperClient({ script: extension.asAbsolutePath("dist/helper.js"), memoryLimitMb, numbersLimitMb, language: env.language }),
    );
  }

  /** The engine that a model is first probed with; afterwards it keeps the one that it was left with. */
  get engine(): AskedProbe["engine"] {
    return workspace.getConfiguration("layerscope").get("engine", "shapes");
  }

  get current(): Inspection | null {
    return this.#current;
  }

  makeCurrent(inspection: Inspection): void {
    if (inspection === this.#current) return;
    const before = this.#current;
    this.hold(inspection);
    this.#current = inspection;
    if (before) this.letGo(before);
    void commands.executeCommand("setContext", "layerscope.hasModel", true);
    this.#currentChanged.fire(inspection);
  }

  /** A new inspection. Nobody holds it yet: see `hold`. */
  inspection(ref: ModelRef): Inspection {
    const inspection = new Inspection(ref, { helper: this.helper, sourceOf, engine: () => this.engine });
    inspection.register(
      inspection.onDidChange(({ state }) => {
        if (state.kind === "model") void this.recents.remember(ref, state.probe);
      }),
    );
    return inspection;
  }

  /** Opens with the wanted probe, the one it was last left with, or the suggested one. */
  async start(inspection: Inspection, wanted?: Probe | null): Promise<void> {
    const probe = wanted ?? this.recents.probeOf(inspection.ref);
    await withPatience(t("opening the model"), (token, tell) =>
      inspection.start(probe, { token, tell, onProgress: (how) => tell(progressWords(how)) }),
    );
  }

  /** Several views may show one inspection, and it ends with the last of them. */
  hold(inspection: Inspection): void {
    this.#holders.set(inspection, (this.#holders.get(inspection) ?? 0) + 1);
  }

  letGo(inspection: Inspection): void {
    const left = (this.#holders.get(inspection) ?? 0) - 1;
    if (left > 0) this.#holders.set(inspection, left);
    else {
      this.#holders.delete(inspection);
      inspection.dispose();
    }
  }

  /** Tells of a failure where nothing else shows it. */
  complain(error: unknown): void {
    void window.showErrorMessage(error instanceof Error ? error.message : String(error));
  }
}
