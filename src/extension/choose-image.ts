import { t } from "@vscode/l10n";
import { type Uri, window, workspace } from "vscode";
import { GIVEN_BYTES, type ImageFolder } from "../helper/image-folder";
import type { GivenFile } from "../helper/protocol";
import { fillOfImage, UserError } from "../model";

const EXTENSIONS = ["png", "jpg", "jpeg", "gif", "bmp", "webp"];

/**
 * The fill that is an image: the file that the page gave, or the one that a person chooses; null where they go away. `folder` keeps
 * what lies on no disk of this machine. @throws UserError where it is too large
 */
export async function chooseImage(given: GivenFile | null, folder: ImageFolder): Promise<string | null> {
  if (given) return fillOfImage(await folder.keep(given.name, Buffer.from(given.base64, "base64")));
  const [uri] =
    (await window.showOpenDialog({
      title: t("Fill the tensor with an image"),
      openLabel: t("Fill"),
      filters: { [t("Images")]: EXTENSIONS },
    })) ?? [];
  if (!uri) return null;
  return fillOfImage(uri.scheme === "file" ? uri.fsPath : await carried(uri, folder));
}

async function carried(uri: Uri, folder: ImageFolder): Promise<string> {
  const name = uri.path.slice(uri.path.lastIndexOf("/") + 1);
  const { size } = await workspace.fs.stat(uri);
  if (size > GIVEN_BYTES) throw new UserError(t("{0} has {1} bytes, more than {2}; make it smaller first.", name, size, GIVEN_BYTES));
  return folder.keep(name, await workspace.fs.readFile(uri));
}
