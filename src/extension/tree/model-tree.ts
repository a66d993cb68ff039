import { t } from "@vscode/l10n";
import {
  EventEmitter,
  MarkdownString,
  ThemeIcon,
  type TreeDataProvider,
  TreeItem,
  TreeItemCollapsibleState,
  type Uri,
  window,
  workspace,
} from "vscode";
import type { ZooEntry } from "../../helper/protocol";
import type { LayerscopeContext } from "../context";
import { Disposables } from "../disposables";
import { coded } from "../hover/markdown";
import { fileName, SAVED_MODEL } from "../model-files";
import type { ModelRef } from "../model-ref";
import { byFamily, type ZooVariant, zooFacts, zooSize, zooVariants } from "../zoo";
import type { WorkspaceModels } from "./workspace-models";

/** A row of the tree. */
export type TreeNode =
  | { kind: "workspace" }
  | { kind: "zoo" }
  | { kind: "file"; uri: Uri }
  | { kind: "family"; name: string; members: ZooEntry[] }
  | { kind: "application"; entry: ZooEntry }
  | { kind: "variant"; entry: ZooEntry; variant: ZooVariant }
  | { kind: "note"; text: string };

/** The model that a row stands for; null for headings. */
export function refOf(node: TreeNode): ModelRef | null {
  if (node.kind === "file") return { kind: "file", uri: node.uri.toString() };
  if (node.kind === "application") return { kind: "zoo", spec: node.entry.name };
  return node.kind === "variant" ? { kind: "zoo", spec: node.variant.spec } : null;
}

/** The side panel's list: models of the workspace, and the zoo by family, application and variant. */
export class ModelTree extends Disposables implements TreeDataProvider<TreeNode> {
  static readonly viewId = "layerscope.models";
  readonly #changed = this.register(new EventEmitter<void>());
  readonly onDidChangeTreeData = this.#changed.event;

  constructor(
    private readonly context: LayerscopeContext,
    private readonly models: WorkspaceModels,
  ) {
    super();
    this.register(models.onDidChange(() => this.#changed.fire()));
    this.register(window.createTreeView(ModelTree.viewId, { treeDataProvider: this, showCollapseAll: true }));
  }

  getTreeItem(node: TreeNode): TreeItem {
    const item = treeItem(node);
    const ref = refOf(node);
    if (ref) item.command = { command: "layerscope.showDocked", title: t("Show in the Graph View"), arguments: [ref] };
    return item;
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    if (!node) return [{ kind: "workspace" }, { kind: "zoo" }];
    if (node.kind === "workspace") return this.#files();
    if (node.kind === "zoo") return this.#families();
    if (node.kind === "family") return node.members.map((entry) => ({ kind: "application", entry }));
    if (node.kind === "application") return zooVariants(node.entry).map((variant) => ({ kind: "variant", entry: node.entry, variant }));
    return [];
  }

  async #files(): Promise<TreeNode[]> {
    const uris = await this.models.list();
    if (uris.length === 0) return [{ kind: "note", text: t("No .h5, .keras or model.json files and no SavedModels") }];
    return uris.map((uri) => ({ kind: "file", uri }));
  }

  async #families(): Promise<TreeNode[]> {
    try {
      const families = byFamily(await this.context.helper.listZoo());
      // A family of one is no family.
      return families.map(([name, members]) => {
        const [only] = members;
        return members.length === 1 && only ? { kind: "application", entry: only } : { kind: "family", name, members };
      });
    } catch (error) {
      return [{ kind: "note", text: error instanceof Error ? error.message : String(error) }];
    }
  }
}

type Maker<K extends TreeNode["kind"]> = (node: Extract<TreeNode, { kind: K }>) => TreeItem;
const { None, Collapsed, Expanded } = TreeItemCollapsibleState;

/** How each kind of row looks. */
const ITEMS: { [K in TreeNode["kind"]]: Maker<K> } = {
  workspace: () => new TreeItem(t("Workspace"), Expanded),
  zoo: () => new TreeItem("Keras Applications", Collapsed),
  note: ({ text }) => new TreeItem(text, None),
  file: ({ uri }) => {
    const item = new TreeItem(uri, None);
    const folders = workspace.asRelativePath(uri).split("/").slice(0, -1);
    // A SavedModel is called as its folder.
    if (fileName(uri.path) === SAVED_MODEL) item.label = folders.pop() ?? SAVED_MODEL;
    item.description = folders.join("/");
    return dressed(item, "model.file", ThemeIcon.File);
  },
  family: ({ name, members }) => {
    const item = new TreeItem(name, Collapsed);
    item.description = String(members.length);
    return item;
  },
  application: ({ entry }) => {
    const item = new TreeItem(entry.name, Collapsed);
    item.description = zooSize(entry); // the side bar is narrow; the rest is in the tooltip
    item.tooltip = new MarkdownString(`${coded(entry.name)} ${zooFacts(entry)}`);
    return dressed(item, "model.zoo", new ThemeIcon("layers"));
  },
  variant: ({ variant }) => {
    const item = new TreeItem(variant.words, None);
    item.tooltip = new MarkdownString(coded(variant.spec));
    return dressed(item, "model.variant", new ThemeIcon("symbol-class"));
  },
};

function treeItem<K extends TreeNode["kind"]>(node: Extract<TreeNode, { kind: K }>): TreeItem {
  return (ITEMS[node.kind as K] as Maker<K>)(node);
}

function dressed(item: TreeItem, contextValue: string, icon: ThemeIcon): TreeItem {
  item.contextValue = contextValue;
  item.iconPath = icon;
  return item;
}
