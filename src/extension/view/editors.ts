import { type CustomDocument, type CustomReadonlyEditorProvider, RelativePattern, Uri, type WebviewPanel, window, workspace } from "vscode";
import type { LayerscopeContext } from "../context";
import { Disposables } from "../disposables";
import type { Inspection } from "../inspection";
import { GraphPanel } from "./panel";

/** A file is read once nothing was written to it for so long, in milliseconds. */
const SETTLE_MS = 500;

/** A model file that is open in an editor; all editors of it share one inspection. */
class ModelDocument extends Disposables implements CustomDocument {
  #timer: NodeJS.Timeout | undefined;

  constructor(
    readonly uri: Uri,
    readonly inspection: Inspection,
    context: LayerscopeContext,
  ) {
    super();
    context.hold(inspection);
    this.register({ dispose: () => context.letGo(inspection) });
    // A training run saves its model again and again: the editor shows what is there.
    const name = uri.path.slice(uri.path.lastIndexOf("/") + 1);
    const watcher = this.register(workspace.createFileSystemWatcher(new RelativePattern(Uri.joinPath(uri, ".."), name)));
    const reopen = () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void context.start(inspection, inspection.probe), SETTLE_MS);
    };
    this.register(watcher.onDidChange(reopen));
    this.register(watcher.onDidCreate(reopen));
    this.register({ dispose: () => clearTimeout(this.#timer) });
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
