import { Uri, ViewColumn, type WebviewPanel, window } from "vscode";
import type { LayerscopeContext } from "../context";
import { Disposables } from "../disposables";
import type { Inspection } from "../inspection";
import { refTitle } from "../model-ref";
import { ViewConnection } from "./connection";
import { furnish } from "./page";

/** Type of the panels that commands open; those of files are custom editors. */
export const PANEL_TYPE = "layerscope.graph";

/** A tab with the graph of one inspection, whether VS Code or a command made the panel. */
export class GraphPanel extends Disposables {
  readonly connection: ViewConnection;

  constructor(
    context: LayerscopeContext,
    readonly panel: WebviewPanel,
    readonly inspection: Inspection,
  ) {
    super();
    context.hold(inspection);
    this.register({ dispose: () => context.letGo(inspection) });
    this.connection = this.register(new ViewConnection(panel.webview, context.images));
    this.connection.show(inspection);
    this.register(panel.onDidChangeViewState(() => panel.active && context.makeCurrent(inspection)));
    this.register(panel.onDidDispose(() => this.dispose()));
    if (panel.active) context.makeCurrent(inspection);
    furnish(panel.webview, context.extension.extensionUri);
  }
}

/** A new tab of our own, beside nothing: where the user is. */
export function newPanel(context: LayerscopeContext, inspection: Inspection): WebviewPanel {
  const panel = window.createWebviewPanel(PANEL_TYPE, refTitle(inspection.ref), ViewColumn.Active, {
    enableScripts: true,
    enableFindWidget: false,
  });
  return dress(context, panel);
}

/** The tab's icon. */
export function dress(context: LayerscopeContext, panel: WebviewPanel): WebviewPanel {
  const icon = (theme: string) => Uri.joinPath(context.extension.extensionUri, "media", `tab-${theme}.svg`);
  panel.iconPath = { light: icon("light"), dark: icon("dark") };
  return panel;
}
