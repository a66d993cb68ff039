import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** A VS Code server on the loopback address, with a folder of its own for everything that it writes. */
export interface VsCodeServer {
  url: string;
  /** The folder that it has open. */
  workspace: string;
  /** The user's cache, in which nothing is at first. */
  cache: string;
  /** Process ids of helper processes that run under it. */
  helpers(): number[];
  log(): string;
  stop(): Promise<void>;
}

const SETTINGS = {
  "workbench.startupEditor": "none",
  "workbench.tips.enabled": false,
  "telemetry.telemetryLevel": "off",
  "chat.disableAIFeatures": true,
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "workbench.reduceMotion": "on",
  "editor.hover.delay": 100,
  "update.mode": "none",
  "extensions.ignoreRecommendations": true,
};

/** Starts the server in `folder` with the packaged extension; `fill` writes what the workspace holds. */
export async function startServer(folder: string, vsix: string, fill: (workspace: string) => void): Promise<VsCodeServer> {
  const root = mkdtempSync(join(tmpdir(), "layerscope-vscode-"));
  const [workspace, user, extensions, share, sockets] = ["work", "user", "extensions", "share", "t"].map((name) => join(root, name)) as [
    string,
    string,
    string,
    string,
    string,
  ];
  for (const path of [workspace, join(user, "User"), extensions, share, sockets]) mkdirSync(path, { recursive: true });
  writeFileSync(join(user, "User", "settings.json"), JSON.stringify(SETTINGS));
  writeFileSync(join(root, "config.yaml"), "");
  fill(workspace);

  const node = join(folder, "node24/bin/node");
  const entry = [join(folder, "node_modules/code-server/out/node/entry.js"), "--config", join(root, "config.yaml")];
  const places = ["--extensions-dir", extensions, "--user-data-dir", user];
  const env = environment(share, sockets);
  const installed = spawnSync(node, [...entry, ...places, "--install-extension", vsix], { env, encoding: "utf8" });
  if (installed.status !== 0) throw new Error(`The extension could not be installed:\n${installed.stdout}${installed.stderr}`);

  const port = await freePort();
  const flags = ["--bind-addr", `127.0.0.1:${port}`, "--auth", "none", "--disable-telemetry", "--disable-update-check"];
  const server = spawn(node, [...entry, ...places, ...flags, "--disable-workspace-trust", "--disable-getting-started-override"], {
    env,
    // A process group of its own, so that all it forks ends with it.
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let log = "";
  for (const stream of [server.stdout, server.stderr]) stream.on("data", (text) => (log += text));
  const stop = async () => {
    await endGroup(server);
    rmSync(root, { recursive: true, force: true });
  };
  try {
    await answering(`http://127.0.0.1:${port}/healthz`, server);
  } catch (error) {
    await stop();
    throw new Error(`${error}\n${log}`);
  }
  const url = `http://127.0.0.1:${port}/?folder=${encodeURIComponent(workspace)}`;
  return { url, workspace, cache: join(share, CACHE), helpers: () => helpersUnder(extensions), log: () => log, stop };
}

const CACHE = "cache";

/** Ours without what would steer another VS Code, and with places to write to. */
function environment(share: string, sockets: string): NodeJS.ProcessEnv {
  const foreign = /^(VSCODE_|CODE_SERVER_|ELECTRON_|VITEST|NODE_ENV$|PORT$|PASSWORD$|NODE_OPTIONS$)/;
  const kept = Object.entries(process.env).filter(([name]) => !foreign.test(name));
  return { ...Object.fromEntries(kept), XDG_DATA_HOME: share, XDG_CACHE_HOME: join(share, CACHE), TMPDIR: sockets };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

async function answering(url: string, server: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (server.exitCode !== null) throw new Error("The VS Code server ended at its start.");
    const ok = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) return;
    await sleep(100);
  }
  throw new Error("The VS Code server did not answer within a minute.");
}

async function endGroup(server: ChildProcess): Promise<void> {
  for (const signal of ["SIGTERM", "SIGKILL"] as const) {
    for (let tries = 0; tries < 50; tries++) {
      if (!signalGroup(server, tries === 0 ? signal : 0)) return;
      await sleep(100);
    }
  }
}

function signalGroup(server: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  try {
    return server.pid !== undefined && process.kill(-server.pid, signal);
  } catch {
    return false; // nobody is left in the group
  }
}

function helpersUnder(extensions: string): number[] {
  const listed = spawnSync("ps", ["-eo", "pid=,args="], { encoding: "utf8" }).stdout;
  const lines = listed.split("\n").filter((line) => line.includes(extensions) && line.includes("dist/helper.js"));
  return lines.map((line) => Number.parseInt(line, 10));
}
