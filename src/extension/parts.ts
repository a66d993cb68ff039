import type { LayerscopeContext } from "./context";
import type { Inspection } from "./inspection";
import type { WorkspaceModels } from "./tree/workspace-models";
import type { DockedGraph } from "./view/docked";
import type { ModelEditors } from "./view/editors";
import type { Panels } from "./view/panels";

/** What commands work with. */
export interface Parts {
  context: LayerscopeContext;
  panels: Panels;
  editors: ModelEditors;
  docked: DockedGraph;
  models: WorkspaceModels;
}

/** What a person looks at: the graph in front, else the model last inspected. */
export function inFront({ context, panels, editors }: Parts): Inspection | null {
  return (panels.active ?? editors.active)?.inspection ?? context.current;
}
