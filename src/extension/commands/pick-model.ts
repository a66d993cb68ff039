import { t } from "@vscode/l10n";
import { type QuickPickItem, QuickPickItemKind, ThemeIcon, Uri, window, workspace } from "vscode";
import type { ZooEntry } from "../../helper/protocol";
import type { LayerscopeContext } from "../context";
import { Disposables } from "../disposables";
import { fileName, IGNORED_GLOB, isModelName, MODEL_GLOB, MODEL_LIMIT } from "../model-files";
import { type ModelRef, refTitle } from "../model-ref";
import { writeProbe } from "../probe-text";
import type { Recent } from "../recents";
import { zooFacts, zooOptions, zooVariants } from "../zoo";

/** A row of the list; separators and the row that asks for a file have no model. */
interface ModelItem extends QuickPickItem {
  ref?: ModelRef;
  entry?: ZooEntry;
  asksForFile?: boolean;
}

const variantsButton = () => ({ iconPath: new ThemeIcon("settings-gear"), tooltip: t("Choose top, pooling and Keras generation") });

/** Asks which model: recent ones, those of the workspace, the zoo, or a file. `title`: what for. `undefined`: the user went away. */
export async function pickModel(context: LayerscopeContext, title = t("Inspect Model")): Promise<ModelRef | undefined> {
  const owned = new Disposables();
  const list = owned.register(window.createQuickPick<ModelItem>());
  list.title = `Layerscope: ${title}`;
  list.placeholder = t("A model of this workspace, a Keras Application (EfficientNetB5?keras=2.9), or a file");
  list.matchOnDescription = true;
  const sections: Sections = { recent: context.recents.list().map(recentItem), files: [], zoo: [] };
  const draw = () => {
    list.items = itemsOf(sections, list.value);
  };
  draw();
  fill(context, list, sections, draw);
  owned.register(list.onDidChangeValue(draw));
  list.show();
  try {
    return await chosen(list, owned);
  } finally {
    owned.dispose();
  }
}

interface Sections {
  recent: ModelItem[];
  files: ModelItem[];
  zoo: ModelItem[];
}

/** Neither the search for files nor the start of the helper is waited for. */
function fill(context: LayerscopeContext, list: { busy: boolean }, sections: Sections, draw: () => void): void {
  list.busy = true;
  const files = workspace.findFiles(MODEL_GLOB, IGNORED_GLOB, MODEL_LIMIT).then((uris) => {
    sections.files = uris
      .filter(({ path }) => isModelName(fileName(path)))
      .map(fileItem)
      .sort((a, b) => a.label.localeCompare(b.label));
    draw();
  });
  const zoo = context.helper.listZoo().then((entries) => {
    sections.zoo = entries.map(zooItem);
    draw();
  });
  void Promise.allSettled([files, zoo]).then((ends) => {
    list.busy = false;
    for (const end of ends) if (end.status === "rejected") context.complain(end.reason);
  });
}

function itemsOf(sections: Sections, typed: string): ModelItem[] {
  const section = (label: string, items: ModelItem[]) => (items.length > 0 ? [{ label, kind: QuickPickItemKind.Separator }, ...items] : []);
  const spec = /^\s*(\w+\?[\w=&.]+)\s*$/.exec(typed)?.[1];
  const named: ModelItem[] = spec ? [{ label: spec, alwaysShow: true, ref: { kind: "zoo", spec } }] : [];
  return [
    ...named,
    ...section(t("recent"), sections.recent),
    ...section(t("in this workspace"), sections.files),
    ...section(t("elsewhere"), [{ label: `$(folder-opened) ${t("A file…")}`, alwaysShow: true, asksForFile: true }]),
    ...section("Keras Applications", sections.zoo),
  ];
}

function chosen(list: ReturnType<typeof window.createQuickPick<ModelItem>>, owned: Disposables): Promise<ModelRef | undefined> {
  return new Promise((resolve) => {
    let isDeciding = false;
    const decide = (decision: Promise<ModelRef | undefined>) => {
      isDeciding = true;
      resolve(decision);
      list.hide();
    };
    owned.register(
      list.onDidAccept(() => {
        const [item] = list.selectedItems;
        if (item?.asksForFile) decide(askFile());
        else if (item?.ref) decide(Promise.resolve(item.ref));
      }),
    );
    owned.register(list.onDidTriggerItemButton(({ item }) => item.entry && decide(pickVariant(item.entry))));
    owned.register(list.onDidHide(() => !isDeciding && resolve(undefined)));
  });
}

async function pickVariant(entry: ZooEntry): Promise<ModelRef | undefined> {
  const items = zooVariants(entry).map(({ spec, words }) => ({ label: words, description: spec, spec }));
  const item = await window.showQuickPick(items, {
    title: `Layerscope: ${entry.name}`,
    placeHolder: t("Which variant?"),
    matchOnDescription: true,
  });
  return item && { kind: "zoo", spec: item.spec };
}

async function askFile(): Promise<ModelRef | undefined> {
  const [uri] =
    (await window.showOpenDialog({ title: t("Inspect a model"), filters: { [t("Models")]: ["h5", "hdf5", "keras", "json", "pb"] } })) ?? [];
  return uri && { kind: "file", uri: uri.toString() };
}

function recentItem({ ref, probe }: Recent): ModelItem {
  const options = ref.kind === "zoo" ? zooOptions(ref.spec) : workspace.asRelativePath(Uri.parse(ref.uri));
  const description = [options, probe ? writeProbe(probe.inputs) : ""].filter(Boolean).join(" · ");
  return { label: `$(history) ${refTitle(ref)}`, description, ref };
}

function fileItem(uri: Uri): ModelItem {
  const ref: ModelRef = { kind: "file", uri: uri.toString() };
  return { label: `$(file) ${refTitle(ref)}`, description: workspace.asRelativePath(uri), ref };
}

function zooItem(entry: ZooEntry): ModelItem {
  return { label: entry.name, description: zooFacts(entry), ref: { kind: "zoo", spec: entry.name }, entry, buttons: [variantsButton()] };
}
