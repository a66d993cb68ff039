import { existsSync, realpathSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ProbeReply } from "../../helper/protocol";
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
  drawSvg(reply: ProbeReply, options: { theme: "light" | "dark" }): Promise<string>;
}

const FORMATS: { readonly [option: string]: (reply: ProbeReply) => Promise<string> } = {
  svg: async (reply) => ((await require(join(__dirname, "svg.js"))) as SvgModule).drawSvg(reply, { theme: "light" }),
  markdown: async (reply) => markdownText(reply),
};

/** The files that the command line names. @throws UserError where one of them must not be written */
export function exportsOf(call: Call): Export[] {
  return Object.entries(FORMATS).flatMap(([option, make]) => {
    const file = call.values[option];
    if (typeof file !== "string") return [];
    refuseUnwritable(`--${option} ${file}`, file, call.model);
    return [{ file, make, write: (text: string) => write(file, text) }];
  });
}

function refuseUnwritable(what: string, file: string, model: string): void {
  if (file === "") throw new UserError(`${what}: name the file to write.`);
  if (!existsSync(file)) return;
  if (!statSync(file).isFile() && statSync(file).isDirectory()) throw new UserError(`${what} is a folder; name a file in it.`);
  if (existsSync(model) && realpathSync(model) === realpathSync(file))
    throw new UserError(`${what} is the model itself; name another file.`);
}

function write(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new UserError(`${file} cannot be written (${(error as NodeJS.ErrnoException).code}); name another file.`);
  }
}
