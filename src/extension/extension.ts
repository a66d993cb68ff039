import "./language";
import type { ExtensionContext } from "vscode";
import { registerCommands } from "./commands";
import { LayerscopeContext } from "./context";
import { registerHovers } from "./hover/providers";
import { ModelTree } from "./tree/model-tree";
import { WorkspaceModels } from "./tree/workspace-models";
import { DockedGraph } from "./view/docked";
import { ModelEditors } from "./view/editors";
import { Panels } from "./view/panels";

/** Puts the parts together; nothing is computed here, and the helper process starts with the first request. */
export function activate(extension: ExtensionContext): void {
  const context = new LayerscopeContext(extension);
  extension.subscriptions.push(context);
  const panels = context.register(new Panels(context));
  const editors = context.register(new ModelEditors(context));
  const docked = context.register(new DockedGraph(context));
  const models = context.register(new WorkspaceModels());
  context.register(new ModelTree(context, models));
  context.register(registerCommands({ context, panels, editors, docked, models }));
  context.register(registerHovers(context));
}
