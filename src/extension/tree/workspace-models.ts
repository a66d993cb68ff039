import { commands, Uri, workspace } from "vscode";
import { Emitter } from "vscode-jsonrpc/node";
import { Disposables } from "../disposables";
import { fileName, IGNORED_GLOB, isModelName, MODEL_GLOB, MODEL_LIMIT, SAVED_MODEL } from "../model-files";

/** Changes of files come in bursts: a training run writes many. In milliseconds. */
const SETTLE_MS = 300;

/** The model files of the workspace, found by name, and when they change. */
export class WorkspaceModels extends Disposables {
  readonly #changed = this.register(new Emitter<void>());
  readonly onDidChange = this.#changed.event;
  #timer: NodeJS.Timeout | undefined;

  constructor() {
    super();
    const watcher = this.register(workspace.createFileSystemWatcher(MODEL_GLOB, false, true, false));
    this.register(watcher.onDidCreate(() => this.#settle()));
    this.register(watcher.onDidDelete(() => this.#settle()));
    this.register(workspace.onDidChangeWorkspaceFolders(() => this.#settle()));
    this.register({ dispose: () => clearTimeout(this.#timer) });
  }

  /** Sorted by path. */
  async list(): Promise<Uri[]> {
    const [uris] = await Promise.all([workspace.findFiles(MODEL_GLOB, IGNORED_GLOB, MODEL_LIMIT), this.#noteSavedModels()]);
    return uris.filter(({ path }) => isModelName(fileName(path))).sort((a, b) => a.path.localeCompare(b.path, "en", { numeric: true }));
  }

  refresh(): void {
    this.#changed.fire();
  }

  /** For the explorer's menu, which can only ask whether a folder is in a list. */
  async #noteSavedModels(): Promise<void> {
    const files = await workspace.findFiles(`**/${SAVED_MODEL}`, IGNORED_GLOB, MODEL_LIMIT);
    const folders = files.map((file) => Uri.joinPath(file, "..").fsPath);
    await commands.executeCommand("setContext", "layerscope.savedModelFolders", folders);
  }

  #settle(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.refresh(), SETTLE_MS);
  }
}
