import { t } from "@vscode/l10n";
import { FileType, Uri, workspace } from "vscode";
import type { CancellationToken } from "vscode-jsonrpc/node";
import type { ModelSource } from "../helper/protocol";
import { UserError, weightsBeside } from "../model";
import { CARRIED_BYTES, SAVED_MODEL, shardPaths } from "./model-files";
import { type ModelRef, refTitle } from "./model-ref";

/** Whoever waits for a model: may no longer want it, and may want to know which file is being read. */
export interface Waiting {
  token?: CancellationToken | undefined;
  tell?: (words: string) => void;
}

/** How the helper gets at a model: files of this machine by path, files of any other file system as bytes. @throws UserError */
export async function sourceOf(ref: ModelRef, waiting: Waiting = {}): Promise<ModelSource> {
  if (ref.kind === "zoo") return ref;
  const uri = Uri.parse(ref.uri, true);
  return uri.scheme === "file" ? { kind: "path", path: uri.fsPath } : new Carriage(uri, refTitle(ref), waiting).load();
}

/** Reads a model of another file system, and what its format keeps beside it. */
class Carriage {
  private readonly files: { path: string; bytes: Uint8Array }[] = [];
  private readonly notes: string[] = [];
  private left = CARRIED_BYTES;

  constructor(
    private readonly uri: Uri,
    private readonly title: string,
    private readonly waiting: Waiting,
  ) {}

  async load(): Promise<ModelSource> {
    const name = this.uri.path.split("/").at(-1) ?? "";
    const bytes = await this.carry(this.uri, name);
    if (name === SAVED_MODEL) await this.loadSavedModel();
    if (name.endsWith(".json")) await this.loadBeside(name, new TextDecoder().decode(bytes));
    // A SavedModel is called as its folder.
    return {
      kind: "bytes",
      name: name === SAVED_MODEL ? this.title : name,
      files: this.files,
      ...(this.notes.length > 0 ? { notes: this.notes } : {}),
    };
  }

  /** The shards that a tfjs model names; of another config the weights that Keras writes beside it. */
  private async loadBeside(name: string, json: string): Promise<void> {
    const shards = shardPaths(json);
    for (const shard of shards) await this.carry(this.beside(shard), shard).catch(unlessMissing);
    if (shards.length === 0) await this.carryWeights(weightsBeside(name));
  }

  /** What names its layers, and its variables, as far as they are there and not too large: the shapes of most are in the graph too. */
  private async loadSavedModel(): Promise<void> {
    const names = await workspace.fs.readDirectory(this.beside("variables")).then(
      (entries) => entries.map(([name]) => `variables/${name}`),
      () => [],
    );
    // The index before the data: it is small, and has the shapes.
    for (const path of ["keras_metadata.pb", ...names.sort((a, b) => Number(a.includes(".data-")) - Number(b.includes(".data-")))])
      await this.carryWeights(path);
  }

  /** The shapes are there without them. */
  private async carryWeights(path: string): Promise<void> {
    await this.carry(this.beside(path), path)
      .catch(unlessMissing)
      .catch((error: unknown) => {
        if (!(error instanceof UserError)) throw error;
        this.notes.push(t("without its weights: {0}", error.message.slice(this.title.length + 2)));
      });
  }

  private beside(path: string): Uri {
    return Uri.joinPath(this.uri, "..", path);
  }

  private async carry(uri: Uri, path: string): Promise<Uint8Array> {
    if (this.waiting.token?.isCancellationRequested) throw new Error("Cancelled.");
    const found = await workspace.fs.stat(uri).then(
      (stat) => stat,
      () => null,
    );
    if (!found) throw new MissingFile(`${this.title}: ${path} is not there any more: refresh the list of models.`);
    if (found.type & FileType.Directory) throw new UserError(`${this.title} is a folder: choose a file in it.`);
    const megabytes = Math.ceil(found.size / 2 ** 20);
    if (found.size > this.left)
      throw new UserError(
        `${this.title}: ${path} (${megabytes} MB) is too large to carry over from this file system: open it where it lies.`,
      );
    this.waiting.tell?.(`${path}, ${megabytes} MB`);
    const bytes = await workspace.fs.readFile(uri);
    this.left -= bytes.length;
    this.files.push({ path, bytes });
    return bytes;
  }
}

class MissingFile extends UserError {}

/** The helper names the shard that is missing, as it does for local files. */
function unlessMissing(error: unknown): void {
  if (!(error instanceof MissingFile)) throw error;
}
