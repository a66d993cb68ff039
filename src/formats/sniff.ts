import { PbfReader } from "pbf";
import { FormatError } from "./format-error";
import type { Source } from "./source";

/** What the first bytes of a file can be that Layerscope opens. */
export type Container = "hdf5" | "zip" | "json" | "saved-model" | "graph-def";

interface Signature {
  /** Latin-1. */
  bytes: string;
  at: number[];
}

const HDF5 = "\x89HDF\r\n\x1a\n";
/** HDF5 files may begin with a block of the user's own, of 512 bytes or a larger power of two. */
const HDF5_OFFSETS = [0, 512, 1024, 2048, 4096];

const CONTAINERS: { container: Container; signature: Signature }[] = [
  { container: "hdf5", signature: { bytes: HDF5, at: HDF5_OFFSETS } },
  { container: "zip", signature: { bytes: "PK\x03\x04", at: [0] } },
  { container: "zip", signature: { bytes: "PK\x05\x06", at: [0] } },
  // A protobuf message whose first field, the version of its schema, is 1; then a graph begins.
  { container: "saved-model", signature: { bytes: "\x08\x01\x12", at: [0] } },
];

/** What people pick by mistake, and what to do instead. */
const STRANGERS: { signature: Signature; is: string }[] = [
  { signature: { bytes: "\x89PNG", at: [0] }, is: "it is a PNG image, not a model" },
  { signature: { bytes: "\xff\xd8\xff", at: [0] }, is: "it is a JPEG image, not a model" },
  { signature: { bytes: "GIF8", at: [0] }, is: "it is a GIF image, not a model" },
  { signature: { bytes: "%PDF", at: [0] }, is: "it is a PDF document, not a model" },
  { signature: { bytes: "\x1f\x8b", at: [0] }, is: "it is compressed with gzip: unpack it first" },
  {
    signature: { bytes: "TFL3", at: [4] },
    is: "it is a TensorFlow Lite model, which is not opened: choose the Keras model it was made from",
  },
  // As Windows PowerShell writes what is sent to a file with `>`.
  ...["\xff\xfe", "\xfe\xff"].map((bytes) => ({ signature: { bytes, at: [0] }, is: "it is text in UTF-16: save it as UTF-8" })),
  // A protobuf message whose first field is the version of ONNX, and its second who wrote it.
  ...Array.from({ length: 16 }, (_, version) => ({
    signature: { bytes: `\x08${String.fromCharCode(version + 3)}\x12`, at: [0] },
    is: "it is an ONNX model, which is not opened: choose the Keras model or SavedModel it was made from",
  })),
  ...["saved_model_schema_version", "meta_graphs {", "node {"].map((bytes) => ({
    signature: { bytes, at: [0] },
    is: "it is a graph written as text (.pbtxt), which is not opened: save it as .pb",
  })),
  { signature: { bytes: "\x93NUMPY", at: [0] }, is: "it is a NumPy array, not a model" },
  ...["\x80\x02", "\x80\x03", "\x80\x04", "\x80\x05"].map((bytes) => ({
    signature: { bytes, at: [0] },
    is: "it is a Python pickle, which is never opened since that would run code: save the model with model.save()",
  })),
];

const HEAD = 4096 + 8;

/** What kind of file `path` is, by its bytes and never by its name. @throws FormatError that says what it is instead */
export function sniff(source: Source, path: string): Container {
  if (source.size(path) === 0) throw new FormatError("it is empty");
  const head = source.read(path, 0, HEAD);
  const known = CONTAINERS.find(({ signature }) => matches(head, signature));
  if (known) return known.container;
  const stranger = STRANGERS.find(({ signature }) => matches(head, signature));
  if (stranger) throw new FormatError(stranger.is);
  const first = firstCharacter(head);
  if (beginsAsGraph(head)) return "graph-def";
  if (first === "{" || first === "[") return "json";
  throw new FormatError("it is neither HDF5 (.h5), a Keras archive (.keras), a SavedModel, a frozen graph (.pb) nor JSON");
}

function matches(head: Uint8Array, { bytes, at }: Signature): boolean {
  return at.some((offset) => [...bytes].every((character, index) => head[offset + index] === character.charCodeAt(0)));
}

/** Whether a GraphDef begins here: its first field is a node, whose first two are its name and its operation. */
function beginsAsGraph(head: Uint8Array): boolean {
  const reader = new PbfReader(head);
  const text = (field: number): string => (reader.nextField() === field ? reader.readString() : "");
  try {
    if (reader.nextField() !== 1) return false;
    reader.readVarint();
    return /^[A-Za-z0-9_.\\/>-]+$/.test(text(1)) && /^[A-Z_]\w*$/.test(text(2));
  } catch {
    return false;
  }
}

/** First character that is neither white space nor a byte order mark. */
function firstCharacter(head: Uint8Array): string {
  return new TextDecoder().decode(head).trimStart().charAt(0);
}
