import { commands, type WebviewView, type WebviewViewProvider, type WebviewViewResolveContext, window } from "vscode";
import type { LayerscopeContext } from "../context";
import { Disposables } from "../disposables";
import type { Inspection } from "../inspection";
import { refTitle } from "../model-ref";
import { restoredFrom } from "../recents";
import { ViewConnection } from "./connection";
import { furnish } from "./page";

/** The graph as a view of the side panel: it shows the model last inspected, or the one chosen in the tree. */
export class DockedGraph extends Disposables implements WebviewViewProvider {
  static readonly viewId = "layerscope.docked";
  #view: WebviewView | null = null;
  #connection: ViewConnection | null = null;
  #inspection: Inspection | null = null;

  constructor(private readonly context: LayerscopeContext) {
    super();
    this.register(window.registerWebviewViewProvider(DockedGraph.viewId, this));
    this.register(context.onDidChangeCurrent((current) => current && this.#follow(current)));
  }

  resolveWebviewView(view: WebviewView, { state }: WebviewViewResolveContext): void {
    const connection = new ViewConnection(view.webview, this.context.images);
    this.#view = view;
    this.#connection = connection;
    this.#inspection = null;
    view.onDidDispose(() => {
      connection.dispose();
      if (this.#view === view) [this.#view, this.#connection] = [null, null];
    });
    furnish(view.webview, this.context.extension.extensionUri);
    if (!this.context.current) this.#restore(state);
    this.#follow(this.context.current);
  }

  /** After a reload nothing was inspected yet: what was docked comes back. */
  #restore(pageState: unknown): void {
    const kept = restoredFrom(pageState);
    if (!kept) return;
    const inspection = this.context.inspection(kept.ref);
    this.context.makeCurrent(inspection);
    void this.context.start(inspection, kept.probe);
  }

  /** The docked view, if it is open and shows this inspection. */
  connectionOf(inspection: Inspection): ViewConnection | null {
    return this.#view?.visible && this.#inspection === inspection ? this.#connection : null;
  }

  /** Brings the view to the front with this inspection. */
  async show(inspection: Inspection): Promise<void> {
    this.context.makeCurrent(inspection);
    await commands.executeCommand(`${DockedGraph.viewId}.focus`);
  }

  #follow(inspection: Inspection | null): void {
    if (!this.#view || !this.#connection || !inspection) return;
    if (this.#inspection !== inspection) this.#connection.show(inspection);
    this.#inspection = inspection;
    this.#view.description = refTitle(inspection.ref);
  }
}
