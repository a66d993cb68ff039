import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { t } from "@vscode/l10n";
import { env as editor, Uri, window, workspace } from "vscode";
import type { ModelRef } from "../model-ref";
import { refTitle } from "../model-ref";
import type { Parts } from "../parts";
import { withPatience } from "../patience";
import { writeProbe } from "../probe-text";
import { reportInFront } from "./graph";

/** `Layerscope: Export Graph as SVG…`. The drawing is done by the command line program: this process computes nothing. */
export async function exportSvg(parts: Parts): Promise<void> {
  const shown = reportInFront(parts);
  if (!shown) return;
  const model = argumentOf(shown.inspection.ref);
  if (model === null) {
    void window.showInformationMessage(
      t("Only models of this machine and of the zoo can be exported: save the model on this machine first."),
    );
    return;
  }
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const name = `${refTitle(shown.inspection.ref).replace(/\W+/g, "-")}.svg`;
  const target = await window.showSaveDialog({ filters: { SVG: ["svg"] }, ...(folder && { defaultUri: Uri.joinPath(folder, name) }) });
  if (target?.scheme !== "file") return;
  const program = parts.context.extension.asAbsolutePath("dist/cli.js");
  const probe = namedProbe(shown.state.probe.inputs);
  await withPatience(t("drawing the graph"), () => draw([program, "inspect", model, ...probe, "--svg", target.fsPath])).then(
    () => window.setStatusBarMessage(`Layerscope: ${t("{0} is written.", target.path.split("/").at(-1) ?? "")}`, 4_000),
    (error) => parts.context.complain(error),
  );
}

function argumentOf(ref: ModelRef): string | null {
  if (ref.kind === "zoo") return ref.spec;
  const uri = Uri.parse(ref.uri);
  return uri.scheme === "file" ? uri.fsPath : null;
}

/** The batch is an option of its own on the command line. */
function namedProbe(inputs: Readonly<Record<string, readonly number[]>>): string[] {
  const [first] = Object.values(inputs);
  const shapes = Object.fromEntries(Object.entries(inputs).map(([name, shape]) => [name, [1, ...shape.slice(1)]]));
  return ["--input", writeProbe(shapes).replaceAll(", ", ","), "--batch", String(first?.[0] ?? 1)];
}

/** A probe that was refused (status 1) is drawn as well. */
async function draw(args: string[]): Promise<void> {
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: "1", LAYERSCOPE_LANGUAGE: editor.language };
  await promisify(execFile)(process.execPath, args, { env, maxBuffer: 64 * 2 ** 20 }).catch(
    (error: { code?: unknown; stderr?: string; message: string }) => {
      if (error.code !== 1) throw new Error(error.stderr?.trim() || error.message);
    },
  );
}
