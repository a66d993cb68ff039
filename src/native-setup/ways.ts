import { rmSync } from "node:fs";
import { join } from "node:path";
import { UserError } from "../model";
import { compileAddon, downloadAddon, installPackage } from "./addon";
import { findTensorflow } from "./python";
import type { Workshop } from "./run-tool";
import { fetchTensorflow } from "./wheel";
import type { WayName } from "./words";

/** What a way is given: a folder of its own, and whom to tell what is being done. */
export interface Job {
  folder: string;
  python: string | undefined;
  tell: (step: string) => void;
  workshop: Workshop;
}

/** One row a way: puts the native library where tfjs-node's package looks for it, and says which TensorFlow that is. @throws UserError */
export const PROVIDE: { readonly [way in WayName]: (job: Job) => Promise<string> } = {
  async python(job) {
    requireLinux("python");
    job.tell("looking for a Python with TensorFlow");
    const found = await findTensorflow(job.python, job.workshop);
    await install(job);
    job.tell(`compiling the addon against TensorFlow ${found.version} of ${found.python}`);
    await compileAddon(job.folder, found, found.folder, job.workshop);
    return `TensorFlow ${found.version} of ${found.python}`;
  },
  async download(job) {
    await install(job);
    job.tell("downloading TensorFlow from storage.googleapis.com");
    await downloadAddon(job.folder, job.workshop);
    return "TensorFlow as tfjs-node downloads it";
  },
  async wheel(job) {
    requireLinux("wheel");
    job.tell("downloading TensorFlow from the Python package index");
    const libraries = join(job.folder, "tensorflow");
    const fetched = await fetchTensorflow(libraries, job.python, job.workshop);
    await install(job);
    job.tell(`compiling the addon against TensorFlow ${fetched.version}`);
    // Relative, as the folder is yet to be renamed.
    await compileAddon(job.folder, fetched, join("..", "..", "..", "..", "..", "tensorflow"), job.workshop);
    rmSync(join(libraries, "include"), { recursive: true });
    return `TensorFlow ${fetched.version} of the Python package index`;
  },
};

async function install({ folder, tell, workshop }: Job): Promise<void> {
  tell("installing @tensorflow/tfjs-node with npm");
  await installPackage(folder, workshop);
}

function requireLinux(way: WayName): void {
  if (process.platform !== "linux" || process.arch !== "x64")
    throw new UserError(
      `--from ${way} works on Linux on x86-64 only, and this is ${process.platform} on ${process.arch}; try --from download.`,
    );
}
