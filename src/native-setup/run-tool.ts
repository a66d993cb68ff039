import { spawn } from "node:child_process";
import { appendFileSync } from "node:fs";
import { UserError } from "../model";

/** How the programs of others are run. */
export interface Workshop {
  /** Everything that they print is added to this file. */
  log: string;
  signal: AbortSignal;
}

/** What to do where a program is not there, by its name. */
const WHERE_FROM: { readonly [program: string]: string } = {
  npm: "install Node.js with npm, and see that npm is on the PATH",
  "c++": "install a C++ compiler (Debian and Ubuntu: apt-get install g++)",
};

/** How long a program may take to end when it is asked to, in milliseconds. */
const PATIENCE_MS = 2_000;

/**
 * Runs a program in a folder and gives what it printed on standard output. `what`: what it does, for the message, as in "npm could not …".
 * @throws UserError with its last words; the signal's reason, once the program and all that it started have ended
 */
export function runTool(
  [program, ...words]: readonly [string, ...string[]],
  { folder, what, env = {} }: { folder: string; what: string; env?: NodeJS.ProcessEnv },
  { log, signal }: Workshop,
): Promise<string> {
  signal.throwIfAborted();
  appendFileSync(log, `\n$ ${[program, ...words].join(" ")}\n`);
  const isWindows = process.platform === "win32";
  // A group of its own, so that what it starts ends with it; on Windows npm is a script, which only a shell runs.
  const child = spawn(program, words, { cwd: folder, env: { ...plainEnvironment(), ...env }, detached: !isWindows, shell: isWindows });
  let [printed, lastLines] = ["", ""];
  const keep = (text: string) => {
    appendFileSync(log, text);
    lastLines = (lastLines + text).slice(-4_000);
  };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    printed += text;
    keep(text);
  });
  child.stderr.setEncoding("utf8").on("data", keep);
  const kill = (how: NodeJS.Signals) => {
    try {
      if (child.pid) process.kill(isWindows ? child.pid : -child.pid, how);
    } catch {
      // It has ended by itself.
    }
  };
  return new Promise<string>((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    const stop = () => {
      kill("SIGTERM");
      timer = setTimeout(() => kill("SIGKILL"), PATIENCE_MS);
    };
    signal.addEventListener("abort", stop, { once: true });
    const settle = (error: unknown) => {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
      if (signal.aborted) reject(signal.reason);
      else if (error) reject(error);
      else resolve(printed);
    };
    child.on("error", ({ message }) =>
      settle(
        new UserError(`${program} could not ${what}: ${message.includes("ENOENT") ? `it is not there; ${whereFrom(program)}` : message}.`),
      ),
    );
    child.on("close", (code) =>
      settle(
        code === 0
          ? null
          : new UserError(`${program} could not ${what} (${reasonIn(lastLines) ?? `status ${code}`}); all it said is in ${log}.`),
      ),
    );
  });
}

const whereFrom = (program: string): string => WHERE_FROM[program] ?? "install it, or name another";

/** The line that says most of why a program failed. */
function reasonIn(text: string): string | null {
  const lines = text.split("\n").map((line) => line.trim());
  const telling = lines.filter((line) => /error/i.test(line) && !/^npm error (code|path|command|errno|A complete log)/.test(line));
  const line = telling.find((each) => /^\w*Error: /.test(each)) ?? telling.at(-1) ?? lines.filter(Boolean).at(-1);
  return line
    ? line
        .replace(/^npm error /, "")
        .slice(0, 200)
        .replace(/[.:]$/, "")
    : null;
}

/** The environment without what `npm run` adds for its own script: another npm inside would take its folder for the project. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^npm_(package_|lifecycle_|config_local_prefix$|command$)/.test(name));
  return Object.fromEntries(kept);
}
