import { familyOf, type Model, type ModelFormat } from "../../model";
import { pythonLiteral } from "./python";

/** A model as Python would get hold of it. `file`: name of its file or folder, null for a Keras Application. */
export interface CodeBase extends Pick<Model, "format" | "kerasMajor" | "zoo" | "signatures" | "edited"> {
  file: string | null;
}

/** Python up to the name `base`; null where Keras cannot load what it is. */
type Loader = (base: CodeBase, file: string) => string[] | null;

const load: Loader = (_, file) => [`base = keras.models.load_model(${pythonLiteral(file)})`];

const LOADERS: { readonly [format in ModelFormat]: Loader } = {
  zoo: ({ zoo }) => (zoo ? [`base = keras.applications.${zoo.architecture}(${zooArguments(zoo)})`] : null),
  "keras-h5": load,
  "keras-zip": load,
  "keras-json": (_, file) => [`with open(${pythonLiteral(file)}) as config:`, "    base = keras.models.model_from_json(config.read())"],
  "saved-model": ({ signatures, kerasMajor }, file) =>
    signatures && kerasMajor === 3
      ? [`base = keras.layers.TFSMLayer(${pythonLiteral(file)}, call_endpoint=${pythonLiteral(signatures.shown)})`]
      : null,
  "frozen-graph": () => null,
  "tfjs-graph": () => null,
  "tfjs-layers": () => null,
};

function zooArguments(zoo: NonNullable<CodeBase["zoo"]>): string {
  const { includeTop, weights, pooling, defaultSize } = zoo;
  // Without a size some of Keras 2 have other layers than the pretrained file.
  const isSized = weights !== null && !includeTop && zoo.generation !== "3" && familyOf(zoo.architecture).refusesOpen;
  const size = isSized ? { input_shape: [...defaultSize, 3] } : {};
  const options = { include_top: includeTop, weights, ...size, ...(pooling ? { pooling } : {}) };
  return Object.entries(options)
    .map(([name, value]) => `${name}=${pythonLiteral(value)}`)
    .join(", ");
}

const IMPORTS: { readonly [generation in "2.9" | "2" | "3"]: string } = {
  "2.9": "from tensorflow import keras",
  "2": "import tf_keras as keras",
  "3": "import keras",
};

/** The line that imports the Keras that the model is of, as `keras`. */
export function importLine({ zoo, kerasMajor }: Pick<CodeBase, "zoo" | "kerasMajor">): string {
  return IMPORTS[zoo?.generation ?? (kerasMajor === 2 ? "2" : "3")];
}

/** Lines that load the model as `base`, before any edit; null where Keras cannot load it. */
export const ownLines = (base: CodeBase): string[] | null => LOADERS[base.format](base, base.file ?? "");

/** How code gets at the one tensor that a loaded SavedModel gives, behind a call: `["output_0"]`; nothing behind other models. */
export function outputOf({ format, signatures }: CodeBase): string {
  if (format !== "saved-model") return "";
  return `[${pythonLiteral(signatures?.all.find(({ name }) => name === signatures.shown)?.outputs[0] ?? "")}]`;
}
