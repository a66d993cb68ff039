import { type Disposable, type WebviewPanel, window } from "vscode";
import type { LayerscopeContext } from "../context";
import { Disposables } from "../disposables";
import type { Inspection } from "../inspection";
import { asModelRef, type ModelRef, refTitle } from "../model-ref";
import { dress, GraphPanel, newPanel, PANEL_TYPE } from "./panel";

const KEY = "layerscope.panels";
/** Most panels that are remembered: those of tabs closed while they were not loaded stay behind. */
const LIMIT = 20;

/** All graph panels that commands opened, and how VS Code gets them back after a reload. */
export class Panels extends Disposables {
  readonly #open = new Set<GraphPanel>();
  /** Panels of the last session that VS Code has not asked for yet. */
  #waiting: ModelRef[];

  constructor(private readonly context: LayerscopeContext) {
    super();
    this.#waiting = keptPanels(context);
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
    // Registered after GraphPanel's own: a reload disposes the extension, not the panel, and must not forget it.
    panel.onDidDispose(() => {
      this.#open.delete(graph);
      this.#remember();
    });
    this.#remember();
    return graph;
  }

  #serializer(): Disposable {
    return window.registerWebviewPanelSerializer(PANEL_TYPE, {
      deserializeWebviewPanel: async (panel) => {
        const index = this.#waiting.findIndex((ref) => refTitle(ref) === panel.title);
        const [ref] = index < 0 ? [] : this.#waiting.splice(index, 1);
        if (!ref) return panel.dispose();
        const inspection = this.context.inspection(ref);
        this.#adopt(dress(this.context, panel), inspection);
        await this.context.start(inspection);
      },
    });
  }

  #remember(): void {
    const refs = [...[...this.#open].map((graph) => graph.inspection.ref), ...this.#waiting].slice(0, LIMIT);
    void this.context.extension.workspaceState.update(KEY, refs);
  }

  #disposeAll(): void {
    for (const graph of this.#open) graph.dispose();
  }
}

function keptPanels(context: LayerscopeContext): ModelRef[] {
  const kept: unknown = context.extension.workspaceState.get(KEY);
  return Array.isArray(kept) ? kept.flatMap((one) => asModelRef(one) ?? []) : [];
}
