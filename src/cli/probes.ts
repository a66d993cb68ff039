import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { resolve } from "node:path";
import type { OpenedModel } from "../helper/protocol";
import type { AskedPreprocessing, AskedProbe, Edit, ProbeMode } from "../model";
import { fillOfImage, imagePath, isFill, PREPROCESSINGS, UserError } from "../model";
import type { Call } from "./commands";
import { namedShapes } from "./input";

const MODES: readonly ProbeMode[] = ["feed", "rebuild"];
const ENGINES: readonly AskedProbe["engine"][] = ["shapes", "auto", "native", "wasm"];

/** The probes that a command line asks for, one for each `--input`; without any, the one that the model suggests. @throws UserError */
export function probesOf(call: Call, inputs: OpenedModel["inputs"]): AskedProbe[] {
  const batch = numberOf(call, "batch") ?? 1;
  const fill = fillOf(call);
  // An image is nothing without numbers.
  const isForNumbers = call.values["engine"] === undefined && imagePath(fill) !== null;
  const engine = isForNumbers ? "auto" : oneOf(call, "engine", ENGINES);
  const settings = { mode: oneOf(call, "mode", MODES), engine, fill, ...preprocessOf(call), ...editOf(call) } as const;
  const given = [call.values["input"] ?? []].flat().map(String);
  const names = inputs.map(({ name }) => name);
  const suggested = Object.fromEntries(inputs.map(({ name, suggested: shape }) => [name, [batch, ...shape.slice(1)]]));
  // Inputs that are not named keep what the model suggests, with the batch of the others.
  const shapes = given.length === 0 ? [suggested] : given.map((text) => ({ ...suggested, ...namedShapes(text, batch, names) }));
  return shapes.map((each) => ({ inputs: each, ...settings }));
}

/** What is done to the model first; nothing where nothing is asked for. */
function editOf({ values }: Call): { edit?: Edit } {
  const { cut, append } = values;
  const edit: Edit = {
    ...(cut === undefined ? {} : { cut: String(cut) }),
    ...(values["remove-top"] ? { removeTop: true } : {}),
    ...(append === undefined ? {} : { append: String(append) }),
  };
  return Object.keys(edit).length > 0 ? { edit } : {};
}

/** The number that an option gives; undefined where it is not given. Whether it is a sensible one is for others to say. */
export function numberOf(call: Call, option: string): number | undefined {
  const text = call.values[option];
  if (text === undefined) return undefined;
  const number = Number(text);
  if (String(text).trim() === "" || Number.isNaN(number)) throw new UserError(`--${option} ${text} is not a number.`);
  return number;
}

function oneOf<T extends string>(call: Call, option: string, allowed: readonly [T, ...T[]] | readonly T[]): T {
  const wanted = call.values[option] ?? allowed[0];
  const found = allowed.find((each) => each === wanted);
  if (found === undefined) throw new UserError(`--${option} ${wanted} is unknown; it can be ${allowed.join(", ")}.`);
  return found;
}

const PREPROCESS: readonly AskedPreprocessing[] = ["auto", ...PREPROCESSINGS];

function preprocessOf(call: Call): { preprocess?: AskedPreprocessing } {
  return call.values["preprocess"] === undefined ? {} : { preprocess: oneOf(call, "preprocess", PREPROCESS) };
}

function fillOf(call: Call): string {
  const fill = String(call.values["fill"] ?? "zeros");
  if (!isFill(fill)) throw new UserError(`--fill ${fill} is unknown; it can be zeros, ones, ramp, random:SEED or image:PATH.`);
  const path = imagePath(fill);
  if (path === null) return fill;
  // The shell knows what ~ means only where a word begins with it.
  const whole = resolve(path.replace(/^~(?=[/\\]|$)/, homedir()));
  if (!existsSync(whole)) throw new UserError(`--fill ${fill}: there is no such file.`);
  return fillOfImage(whole);
}
