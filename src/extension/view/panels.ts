import { type Disposable, type WebviewPanel, window } from "vscode";
import type { LayerscopeContext } from "../context";
import { Disposables } from "../disposables";
import type { Inspection } from "../inspection";
import { restoredFrom } from "../recents";
import { dress, GraphPanel, newPanel, PANEL_TYPE } from "./panel";

/** All graph panels that commands opened, and how VS Code gets them back after a reload. */
export class Panels extends Disposables {
  readonly #open = new Set<GraphPanel>();

  constructor(private readonly context: LayerscopeContext) {
    super();
    this.register(this.#serializer());
    this.register({ dispose: () => this.#disposeAll() });
  }

  /** Shows an inspection in a tab: the one that has it already, or a new one. */
  show(inspection: Inspection): GraphPanel {
    const shown = this.of(inspection);
    if (shown) shown.panel.reveal();
    return shown ?? this.#adopt(newPanel(this.context, inspection), inspection);
  }

  of(inspection: Inspection): GraphPanel | undefined {
    return [...this.#open].find((graph) => graph.inspection === inspection);
  }

  /** The view in the foreground, if it is one of ours. */
  get active(): GraphPanel | undefined {
    return [...this.#open].find((graph) => graph.panel.active);
  }

  #adopt(panel: WebviewPanel, inspection: Inspection): GraphPanel {
    const graph = new GraphPanel(this.context, panel, inspection);
    this.#open.add(graph);
    panel.onDidDispose(() => this.#open.delete(graph));
    return graph;
  }

  #serializer(): Disposable {
    return window.registerWebviewPanelSerializer(PANEL_TYPE, {
      deserializeWebviewPanel: async (panel, pageState: unknown) => {
        const kept = restoredFrom(pageState);
        if (!kept) return panel.dispose();
        const inspection = this.context.inspection(kept.ref);
        this.#adopt(dress(this.context, panel), inspection);
        await this.context.start(inspection, kept.probe);
      },
    });
  }

  #disposeAll(): void {
    for (const graph of this.#open) graph.dispose();
  }
}
