import { t } from "@vscode/l10n";
import { type AskedPreprocessing, type EngineName, fileName, imagePath, type Probe, type ProbeMode } from "../../src/model";

/** One row a possibility: what its button says, and what it means. */
export interface Option<V extends string> {
  value: V;
  label: string;
  meaning: string;
}

/** What is chosen besides the shapes of a probe. */
export type Terms = Pick<Probe, "mode" | "engine" | "fill" | "preprocess">;

export const MODES: readonly Option<ProbeMode>[] = [
  { value: "feed", label: t("Feed"), meaning: t("Feed: the model as it was built gets this tensor") },
  {
    value: "rebuild",
    label: t("Rebuild"),
    meaning: t("Rebuild: the input is declared anew for this tensor; shows which pretrained weights still fit"),
  },
];

/** Names of the engines as the view has them; `meaning` is for those who point at them. */
export const ENGINES: readonly Option<EngineName>[] = [
  { value: "shapes", label: t("Shapes"), meaning: t("Shapes: every shape in milliseconds, without numbers and without weights") },
  { value: "wasm", label: "WebAssembly", meaning: t("WebAssembly: real numbers with the model's weights, on any machine") },
  {
    value: "native",
    label: t("Native"),
    meaning: t("Native: real numbers at the speed of TensorFlow, where its native library is set up"),
  },
];

export const FILLS: readonly Omit<Option<string>, "meaning">[] = [
  { value: "zeros", label: t("Zeros") },
  { value: "ones", label: t("Ones") },
  { value: "ramp", label: t("Ramp") },
  { value: "random", label: t("Random") },
  { value: "image", label: t("Image…") },
];
/** The entry of that list that asks for a file; what was chosen stands there as an entry of its own. */
export const ASKS_FOR_IMAGE = "image";
/** What the list of fills says when pointed at. */
export const FILL_MEANING = t(
  "What the tensor holds: zeros, ones, a ramp (0 to 1 in 256 steps, again and again), random numbers from 0 to 1, or an image, read as tf.keras.utils.load_img does",
);

/** What can be done to the pixels of an image, 0 to 255, before the model gets them. */
export const PREPROCESSINGS: readonly Omit<Option<AskedPreprocessing>, "meaning">[] = [
  { value: "auto", label: t("Auto") },
  { value: "none", label: "0…255" },
  { value: "unit", label: "0…1" },
  { value: "tf", label: "−1…1" },
  { value: "torch", label: "Torch" },
  { value: "caffe", label: "Caffe" },
];
/** What that list says when pointed at. */
export const PREPROCESSING_MEANING = t(
  "How the image's pixels are prepared. Auto: as preprocess_input of the Keras Application does, of other models not at all; −1…1, Torch and Caffe are its modes",
);

/** Zeros tell nothing of a network: whoever comes from shapes to numbers is given this. */
const FIRST_FILL = "ramp";
/** The same numbers each time. */
const SEED = "1";

/** `random:7` is `random`; an image is itself. */
export const kindOf = (fill: string): string => (imagePath(fill) === null ? (fill.split(":", 1)[0] ?? fill) : fill);

/** What an entry of the list of fills is called that was not there at first: an image by its file's name. */
export const fillLabel = (fill: string): string => fileName(imagePath(fill) ?? fill);

/** The terms after another engine was chosen. */
export function withEngine(terms: Terms, engine: EngineName): Terms {
  const isFirst = terms.engine === "shapes" && engine !== "shapes" && terms.fill === "zeros";
  return { ...terms, engine, fill: isFirst ? FIRST_FILL : terms.fill };
}

/** The terms after another way to prepare pixels was chosen. */
export function withPreprocessing(terms: Terms, preprocess: string): Terms {
  return { ...terms, preprocess: preprocess as AskedPreprocessing };
}

/** The terms after another fill was chosen. */
export function withFill(terms: Terms, kind: string): Terms {
  if (kind === kindOf(terms.fill)) return terms;
  return { ...terms, fill: kind === "random" ? `random:${SEED}` : kind };
}

/** Whether two probes differ in nothing but their shapes and their mode. */
export function haveSameTerms(one: Terms, other: Terms): boolean {
  return one.engine === other.engine && one.fill === other.fill && (one.preprocess ?? "auto") === (other.preprocess ?? "auto");
}
