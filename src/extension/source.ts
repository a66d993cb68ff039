import { FileType, Uri, workspace } from "vscode";
import type { ModelSource } from "../helper/protocol";
import { UserError } from "../model";
import { CARRIED_BYTES, shardPaths } from "./model-files";
import { type ModelRef, refTitle } from "./model-ref";

/** How the helper gets at a model: files of this machine by path, files of any other file system as bytes. @throws UserError */
export async function sourceOf(ref: ModelRef): Promise<ModelSource> {
  if (ref.kind === "zoo") return ref;
  const uri = Uri.parse(ref.uri, true);
  return uri.scheme === "file" ? { kind: "path", path: uri.fsPath } : carried(uri, refTitle(ref));
}

async function carried(uri: Uri, name: string): Promise<ModelSource> {
  const main = await readCarried(uri, name, CARRIED_BYTES);
  const shards = uri.path.endsWith(".json") ? shardPaths(new TextDecoder().decode(main.bytes)) : [];
  const files = [main];
  let left = CARRIED_BYTES - main.bytes.length;
  for (const shard of shards) {
    const file = await readCarried(Uri.joinPath(uri, "..", shard), name, left, shard).catch(missingShard);
    if (file) files.push(file);
    left -= file?.bytes.length ?? 0;
  }
  return {
    kind: "bytes",
    name: main.path,
    files: files.map((file) => ({ path: file.path, base64: Buffer.from(file.bytes).toString("base64") })),
  };
}

async function readCarried(uri: Uri, name: string, limit: number, path = uri.path.split("/").at(-1) ?? "") {
  const found = await workspace.fs.stat(uri).then(
    (stat) => stat,
    () => null,
  );
  if (!found) throw new UserError(`${name}: ${path} is not there any more: refresh the list of models.`);
  if (found.type & FileType.Directory) throw new UserError(`${name} is a folder: choose a file in it.`);
  if (found.size > limit) {
    const megabytes = Math.ceil(found.size / 2 ** 20);
    throw new UserError(`${name}: ${path} (${megabytes} MB) is too large to carry over from this file system: open it where it lies.`);
  }
  return { path, bytes: await workspace.fs.readFile(uri) };
}

/** The helper names the shard that is missing, as it does for local files. */
function missingShard(error: unknown): null {
  if (error instanceof UserError && error.message.includes("not there")) return null;
  throw error;
}
