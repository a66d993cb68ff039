import { accessSync, constants, existsSync, realpathSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { ProbeReply } from "../../helper/protocol";
import { languageOf, textsFile } from "../../language";
import { UserError } from "../../model";
import type { Call } from "../commands";
import { markdownText } from "./markdown";

/** A file that a report is written to. */
export interface Export {
  file: string;
  make(reply: ProbeReply): Promise<string>;
  write(text: string): void;
}

/** What dist/svg.js exports. */
interface SvgModule {
  drawSvg(reply: ProbeReply, options: { theme: "light" | "dark"; textsFile: string | null }): Promise<string>;
}

const FORMATS: { readonly [option: string]: (reply: ProbeReply) => Promise<string> } = {
  svg: async (reply) =>
    ((await require(join(__dirname, "svg.js"))) as SvgModule).drawSvg(reply, {
      theme: "light",
      textsFile: textsFile(languageOf(process.env)),
    }),
  markdown: async (reply) => markdownText(reply),
};

/** The files that the command line names. @throws UserError where one of them must not be written */
export function exportsOf(call: Call): Export[] {
  const { svg, markdown } = call.values;
  if (svg && markdown && resolve(String(svg)) === resolve(String(markdown))) {
    throw new UserError(`--svg and --markdown both name ${svg}; name a file each.`);
  }
  return Object.entries(FORMATS).flatMap(([option, make]) => {
    const file = call.values[option];
    if (typeof file !== "string") return [];
    refuseUnwritable(`--${option} ${file}`, file, call.model);
    return [{ file, make, write: (text: string) => write(file, text) }];
  });
}

function refuseUnwritable(what: string, file: string, model: string): void {
  if (file === "") throw new UserError(`${what}: name the file to write.`);
  requireWritable(what, file);
  if (!existsSync(file)) return;
  if (statSync(file).isDirectory()) throw new UserError(`${what} is a folder; name a file in it.`);
  if (existsSync(model) && realpathSync(model) === realpathSync(file))
    throw new UserError(`${what} is the model itself; name another file.`);
}

/** Asked before the model is opened: a report that was waited for shall not be lost to a slip in a name. */
function requireWritable(what: string, file: string): void {
  const folder = dirname(resolve(file));
  try {
    // A path that goes through a file gets its own error from statSync.
    statSync(`${folder}/.`);
    accessSync(existsSync(file) ? file : folder, constants.W_OK);
  } catch (error) {
    throw new UserError(`${what} cannot be written (${reason(error)}); name another file.`);
  }
}

function reason(error: unknown): string {
  const { code = String(error) } = error as NodeJS.ErrnoException;
  return WHY[code] ?? code;
}

const WHY: { [code: string]: string } = {
  ENOENT: "there is no such folder",
  ENOTDIR: "there is no such folder",
  EACCES: "permission is denied",
  EPERM: "permission is denied",
  EROFS: "the disk is read-only",
  ENOSPC: "the disk is full",
};

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new UserError(`${file} cannot be written (${reason(error)}); name another file.`);
  }
}
