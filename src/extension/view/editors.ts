import { type CustomDocument, type CustomReadonlyEditorProvider, type Uri, type WebviewPanel, window } from "vscode";
import type { LayerscopeContext } from "../context";
import { Disposables } from "../disposables";
import type { Inspection } from "../inspection";
import { GraphPanel } from "./panel";

/** A model file that is open in an editor; all editors of it share one inspection. */
class ModelDocument implements CustomDocument {
  constructor(
    readonly uri: Uri,
    readonly inspection: Inspection,
    private readonly context: LayerscopeContext,
  ) {
    context.hold(inspection);
  }
  dispose(): void {
    this.context.letGo(this.inspection);
  }
}

/** Read-only editors for model files. Two types, as `model.json` may be anything and is opened by choice only. */
export class ModelEditors extends Disposables implements CustomReadonlyEditorProvider<ModelDocument> {
  static readonly types = ["layerscope.model", "layerscope.modelJson"];
  readonly #open = new Set<GraphPanel>();

  constructor(private readonly context: LayerscopeContext) {
    super();
    this.register({ dispose: () => [...this.#open].forEach((graph) => void graph.dispose()) });
    for (const type of ModelEditors.types) {
      this.register(window.registerCustomEditorProvider(type, this, { supportsMultipleEditorsPerDocument: true }));
    }
  }

  openCustomDocument(uri: Uri): ModelDocument {
    const inspection = this.context.inspection({ kind: "file", uri: uri.toString() });
    // Not awaited: the editor appears at once and shows how it went.
    void this.context.start(inspection);
    return new ModelDocument(uri, inspection, this.context);
  }

  resolveCustomEditor(document: ModelDocument, panel: WebviewPanel): void {
    const graph = new GraphPanel(this.context, panel, document.inspection);
    this.#open.add(graph);
    panel.onDidDispose(() => this.#open.delete(graph));
  }

  of(inspection: Inspection): GraphPanel | undefined {
    return [...this.#open].find((graph) => graph.inspection === inspection);
  }

  get active(): GraphPanel | undefined {
    return [...this.#open].find((graph) => graph.panel.active);
  }
}
