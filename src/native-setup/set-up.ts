import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { nativeCache } from "../engines/native/place";
import { UserError } from "../model";
import type { Workshop } from "./run-tool";
import { tryOut } from "./try-out";
import { PROVIDE } from "./ways";
import { WAY_NAMES, type WayName } from "./words";

export interface SetUpOptions {
  /** Only this way; all of them in turn where it is left out. */
  way?: WayName | undefined;
  /** The interpreter whose TensorFlow or pip is used. */
  python?: string | undefined;
  signal: AbortSignal;
  /** Is told each step as it begins. */
  tell: (step: string) => void;
}

/** What was set up, as the stamp in the folder says; written last, so whoever finds it finds all of it. */
export interface Native {
  folder: string;
  way: WayName;
  /** Which TensorFlow, in words. */
  from: string;
}

const STAMP = "layerscope.json";

/** What is set up in the user's cache; null where nothing is. Says nothing of whether it still loads: see `tryOut`. */
function whatIsSetUp(): Native | null {
  const folder = nativeCache();
  try {
    const { way, from } = JSON.parse(readFileSync(join(folder, STAMP), "utf8")) as Native;
    return isWay(way) && typeof from === "string" ? { folder, way, from } : null;
  } catch {
    return null;
  }
}

const isWay = (name: unknown): name is WayName => WAY_NAMES.some((each) => each === name);

/** What is set up and computes; null where nothing is, or where what it links to has gone. */
export async function workingNative({ signal }: Pick<SetUpOptions, "signal">): Promise<Native | null> {
  const found = whatIsSetUp();
  if (!found) return null;
  try {
    await tryOut(found.folder, workshopBeside(found.folder, signal));
    return found;
  } catch {
    signal.throwIfAborted();
    return null;
  }
}

/**
 * Sets TensorFlow's native library up in the user's cache, unless it works there already as wanted. Built in a folder beside, tried out, and
 * put in its place at the end: what was there before stays until then, and whatever goes wrong leaves nothing behind.
 * @throws UserError with what each way lacks; the signal's reason
 */
export async function setUpNative(options: SetUpOptions): Promise<Native> {
  const folder = nativeCache();
  mkdirSync(dirname(folder), { recursive: true });
  sweep(folder);
  rmSync(logBeside(folder), { force: true });
  options.tell("looking for what is there");
  const there = await workingNative(options);
  if (there && (!options.way || options.way === there.way)) return there;
  const ways = options.way ? [options.way] : WAY_NAMES;
  const lacks: string[] = [];
  for (const way of ways) {
    try {
      return await setUpBy(way, folder, options);
    } catch (error) {
      if (options.signal.aborted) rmSync(logBeside(folder), { force: true });
      options.signal.throwIfAborted();
      if (!(error instanceof UserError)) throw error;
      lacks.push(error.message);
    }
  }
  throw new UserError(lacks.length === 1 ? (lacks[0] as string) : `TensorFlow's native library cannot be set up. ${lacks.join(" ")}`);
}

async function setUpBy(way: WayName, folder: string, { python, tell, signal }: SetUpOptions): Promise<Native> {
  const part = `${folder}.part-${process.pid}`;
  const workshop = workshopBeside(folder, signal);
  try {
    mkdirSync(part);
    const from = await PROVIDE[way]({ folder: part, python, tell, workshop });
    tell("trying it out");
    await tryOut(part, workshop);
    writeFileSync(join(part, STAMP), `${JSON.stringify({ way, from })}\n`);
    putInPlace(part, folder);
    return { folder, way, from };
  } finally {
    rmSync(part, { recursive: true, force: true });
  }
}

/** Undoes the set-up. True where there was one. */
export function removeNative(): boolean {
  const folder = nativeCache();
  const wasThere = existsSync(folder);
  if (existsSync(dirname(folder))) sweep(folder);
  rmSync(folder, { recursive: true, force: true });
  rmSync(logBeside(folder), { force: true });
  return wasThere;
}

function putInPlace(part: string, folder: string): void {
  const old = `${folder}.old-${process.pid}`;
  if (existsSync(folder)) renameSync(folder, old);
  renameSync(part, folder);
  rmSync(old, { recursive: true, force: true });
}

/** Deletes what runs that were killed have left; those that still work keep theirs. */
function sweep(folder: string): void {
  for (const name of readdirSync(dirname(folder))) {
    const [, pid] = name.startsWith(basename(folder)) ? (/\.(?:part|old)-(\d+)$/.exec(name) ?? []) : [];
    if (pid && !isRunning(Number(pid))) rmSync(join(dirname(folder), name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const logBeside = (folder: string): string => `${folder}.log`;
const workshopBeside = (folder: string, signal: AbortSignal): Workshop => ({ log: logBeside(folder), signal });
