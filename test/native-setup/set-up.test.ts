import { existsSync, mkdirSync, readdirSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { nativeCache } from "../../src/engines/native/place";
import { removeNative, setUpNative, type WayName, workingNative } from "../../src/native-setup";
import { Tools } from "./tools";

let tools: Tools;
beforeEach(() => {
  tools = new Tools();
});
afterEach(() => tools.restore());

const { signal } = new AbortController();
const setUp = (way?: WayName, told: string[] = []) => setUpNative({ way, signal, tell: (step) => told.push(step) });
/** Folders beside the log: the set-up, and what should not be left of others. */
const folders = () => readdirSync(tools.cache).filter((name) => !name.endsWith(".log"));
const isLinux = process.platform === "linux" && process.arch === "x64";

// The other systems have one way only, which needs the network.
describe.runIf(isLinux)("the set-up", () => {
  test.each<[WayName, string, string[]]>([
    ["python", "TensorFlow 2.21.0 of python3", ["python3 -c", "npm install", "c++ -std=c++17"]],
    ["download", "TensorFlow as tfjs-node downloads it", ["npm install", "npm rebuild"]],
    ["wheel", "TensorFlow 2.15.1 of the Python package index", ["python3 -m", "python3 -m", "python3 -c", "npm install", "c++ -std=c++17"]],
  ])("works by way of %s, and once is enough", async (way, from, calls) => {
    expect(await setUp(way)).toEqual({ folder: nativeCache(), way, from });
    expect(tools.calls).toEqual(calls);
    expect(folders()).toHaveLength(1);
    tools.forgetCalls();
    expect(await setUp()).toMatchObject({ way });
    expect(tools.calls).toEqual([]);
  });

  test("links that lead into the folder hold when it is renamed", async () => {
    const { folder } = await setUp("wheel");
    const places = join(folder, "node_modules/@tensorflow/tfjs-node/deps/lib");
    for (const library of readdirSync(places)) {
      expect(readlinkSync(join(places, library))).toMatch(/^\.\./);
      expect(existsSync(join(places, library))).toBe(true);
    }
    expect(existsSync(join(folder, "tensorflow/include"))).toBe(false);
  });

  test("takes the first way that works, and tells each step", async () => {
    tools.put("python3", `case "$2" in *importlib*) echo '{"folder": null, "version": null}' ;; esac`);
    const told: string[] = [];
    expect(await setUp(undefined, told)).toMatchObject({ way: "download" });
    expect(told).toEqual([
      "looking for what is there",
      "looking for a Python with TensorFlow",
      "installing @tensorflow/tfjs-node with npm",
      "downloading TensorFlow from storage.googleapis.com",
      "trying it out",
    ]);
  });

  test.each<[string, Parameters<Tools["put"]>, WayName, RegExp]>([
    [
      "npm that fails",
      ["npm", "echo 'npm error network no route to host' >&2; exit 1"],
      "python",
      /^npm could not install @tensorflow\/tfjs-node \(network no route to host\); all it said is in .*\.log\.$/,
    ],
    [
      "a compiler that fails",
      ["c++", "echo 'fatal error: c_api.h: No such file' >&2; exit 1"],
      "python",
      /^c\+\+ could not compile the addon of @tensorflow\/tfjs-node \(fatal error: c_api\.h: No such file\)/,
    ],
    [
      "a Python without TensorFlow",
      ["python3", `echo '{"folder": null, "version": null}'`],
      "python",
      /^No Python here has a TensorFlow to link to: python3 has no TensorFlow; python does not run/,
    ],
    [
      "a TensorFlow without its C library",
      ["python3", `echo '{"folder": "/nowhere", "version": "2.4.0"}'`],
      "python",
      /TensorFlow 2\.4\.0 of python3 brings no libtensorflow_cc\.so\.2/,
    ],
    ["no pip", ["python3", "exit 1"], "wheel", /^No Python with pip is here \(asked: python3, python\)/],
    [
      "a package index out of reach",
      ["python3", `case "$3" in download) echo 'ERROR: No matching distribution found' >&2; exit 1 ;; esac`],
      "wheel",
      /^python3 could not download tensorflow-cpu 2\.15\.1 .*No matching distribution/,
    ],
    [
      "a download that fails",
      ["npm", `case "$1" in rebuild) echo 'Error: getaddrinfo ENOTFOUND' >&2; exit 1 ;; esac`],
      "download",
      /^npm could not download TensorFlow's native library \(Error: getaddrinfo ENOTFOUND\)/,
    ],
    [
      "a library that does not load",
      [
        "npm",
        "mkdir -p node_modules/@tensorflow/tfjs-node; echo 'throw new Error(\"wrong ELF class\")' > node_modules/@tensorflow/tfjs-node/index.js",
      ],
      "python",
      /^\S+ could not compute with TensorFlow's native library \(Error: wrong ELF class\)/,
    ],
  ])("ends with one sentence and leaves nothing: %s", async (_, [tool, script], way, message) => {
    tools.put(tool, script);
    await expect(setUp(way)).rejects.toMatchObject({ name: "UserError", message: expect.stringMatching(message) });
    expect(folders()).toEqual([]);
  });

  test("that fails by every way tells what each lacks", async () => {
    tools.put("python3", "exit 1");
    tools.put("npm", "exit 1");
    await expect(setUp()).rejects.toThrow(/cannot be set up\. No Python here has .* npm could not install .* No Python with pip/);
  });

  test("that fails leaves the one that works", async () => {
    await setUp("python");
    tools.put("npm", "exit 1");
    await expect(setUp("download")).rejects.toThrow("npm could not install");
    expect(await workingNative({ signal })).toMatchObject({ way: "python" });
  });

  test("that no longer loads is made anew", async () => {
    const { folder } = await setUp("python");
    rmSync(join(folder, "node_modules"), { recursive: true });
    expect(await workingNative({ signal })).toBeNull();
    expect(await setUp()).toMatchObject({ way: "python" });
    expect(await workingNative({ signal })).toMatchObject({ folder });
  });

  test("ends when it is cancelled, with all that it started", async () => {
    tools.put("npm", "sleep 60 & echo $! > FOLDER/pid; wait");
    const stop = new AbortController();
    const running = setUpNative({ way: "python", signal: stop.signal, tell: () => {} });
    const ended = expect(running).rejects.toMatchObject({ name: "AbortError" });
    await vi.waitFor(() => expect(existsSync(join(tools.folder, "pid"))).toBe(true), 10_000);
    stop.abort();
    await ended;
    expect(folders()).toEqual([]);
  });

  test("clears away what a killed one left, but nothing of one that works", async () => {
    const name = nativeCache();
    const [dead, alive] = [`${name}.part-999999999`, `${name}.part-${process.ppid}`];
    for (const folder of [dead, alive]) mkdirSync(folder, { recursive: true });
    await setUp("python");
    expect([existsSync(dead), existsSync(alive)]).toEqual([false, true]);
  });

  test("is undone", async () => {
    await setUp("python");
    expect(removeNative()).toBe(true);
    expect(readdirSync(tools.cache)).toEqual([]);
    expect(removeNative()).toBe(false);
    expect(await workingNative({ signal })).toBeNull();
  });

  test("is not taken for one where the stamp is not ours", async () => {
    const { folder } = await setUp("python");
    writeFileSync(join(folder, "layerscope.json"), '{ "way": "magic" }');
    expect(await workingNative({ signal })).toBeNull();
  });
});
