import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { UserError } from "../model";
import { interpreters, LIBRARIES, type PythonTensorflow } from "./python";
import { runTool, type Workshop } from "./run-tool";

/** A wheel of PyPI whose C library is known to serve tfjs-node 4.22, and smaller than the newer ones. */
const VERSION = "2.15.1";
/** Whatever Python runs pip: only the library inside is used. */
const FOR = ["--python-version", "3.11", "--implementation", "cp", "--platform", "manylinux2014_x86_64"];

/** Takes the C library and the headers of the C interface out of the one wheel in this folder, and leaves nothing else. */
const UNPACK = `
import glob, os, re, shutil, sys, zipfile
wheel, = glob.glob("*.whl")
wanted = re.compile(r"tensorflow/(?:(?:%s)|include/(?:tensorflow|tsl|xla/tsl)/[^.][\\w./+-]*\\.h)" % "|".join(map(re.escape, sys.argv[1:])))
with zipfile.ZipFile(wheel) as archive:
    for name in archive.namelist():
        if not wanted.fullmatch(name) or ".." in name: continue
        place = name[len("tensorflow/"):]
        os.makedirs(os.path.dirname(place) or ".", exist_ok=True)
        with archive.open(name) as packed, open(place, "wb") as file: shutil.copyfileobj(packed, file, 1 << 22)
os.remove(wheel)
for library in sys.argv[1:]:
    if not os.path.exists(library): sys.exit("Error: the wheel has no " + library)
`;

/** Downloads the wheel with the user's pip, which knows proxies and mirrors, and unpacks its C library into `folder`. @throws UserError */
export async function fetchTensorflow(folder: string, named: string | undefined, workshop: Workshop): Promise<PythonTensorflow> {
  const python = await withPip(named, workshop);
  mkdirSync(folder, { recursive: true });
  const pip = [python, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--only-binary=:all:"] as const;
  await runTool(
    [...pip, ...FOR, "--dest", folder, `tensorflow-cpu==${VERSION}`],
    { folder, what: `download tensorflow-cpu ${VERSION} from the package index` },
    workshop,
  );
  await runTool([python, "-c", UNPACK, ...LIBRARIES], { folder, what: `unpack the wheel of tensorflow-cpu ${VERSION}` }, workshop);
  return { python, version: VERSION, folder };
}

async function withPip(named: string | undefined, workshop: Workshop): Promise<string> {
  const asked = interpreters(named);
  for (const python of asked) {
    try {
      await runTool([python, "-m", "pip", "--version"], { folder: dirname(workshop.log), what: "be asked for pip" }, workshop);
      return python;
    } catch {
      workshop.signal.throwIfAborted();
    }
  }
  throw new UserError(
    `No Python with pip is here (asked: ${asked.join(", ")}); install one (Debian and Ubuntu: apt-get install python3-pip).`,
  );
}
