import { t } from "@vscode/l10n";
import { said } from "./said";
/** The colours in which `keras.utils.load_img` gives an image. */
export type ColorMode = "grayscale" | "rgb" | "rgba";

/**
 * What is done to pixels from 0 to 255 before a model gets them: `tf`, `torch` and `caffe` as `preprocess_input` of Keras Applications
 * does in these modes, `unit` divides by 255.
 */
export const PREPROCESSINGS = ["none", "unit", "tf", "torch", "caffe"] as const;
export type Preprocessing = (typeof PREPROCESSINGS)[number];

/** What somebody asks for: `auto` is what the model's own `preprocess_input` does, and none where nobody knows that. */
export type AskedPreprocessing = "auto" | Preprocessing;

/** An image that filled inputs of a probe. */
export interface ImageReport {
  /** Name of the file, without its folder. */
  name: string;
  width: number;
  height: number;
  /** The inputs that it fills, and how. */
  inputs: ImageInput[];
  /** Names of the inputs that no image fits, which hold a ramp. */
  others: string[];
  /** Where its pixels may not be those that Keras has, and why: a sentence. */
  note?: string;
}

export interface ImageInput {
  name: string;
  mode: ColorMode;
  /** In pixels, as the input has it: nearest neighbours where the file has another. */
  width: number;
  height: number;
  /** 16 where the file has grayscale of 16 bits, which Keras leaves as it is; else 8. */
  bits: 8 | 16;
  preprocessing: Preprocessing;
  /**
   * `model`: it is what the application's own `preprocess_input` does; `asked`: somebody chose it; `unknown`: nobody knows what the model
   * expects; `unfit`: what the application does needs floats of three channels, and this input has others.
   */
  because: "model" | "asked" | "unknown" | "unfit";
}

/** What begins the fill that is an image: `image:PATH`. */
const IMAGE = "image:";

/** The path of a fill that is an image; null for any other. */
export const imagePath = (fill: string): string | null => (fill.startsWith(IMAGE) ? fill.slice(IMAGE.length) : null);

/** The fill that is this image. */
export const fillOfImage = (path: string): string => `${IMAGE}${path}`;

/** Name of a file by its path, of either kind of system. */
export const fileName = (path: string): string => path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);

const COLOURS: Record<ColorMode, () => string> = { grayscale: () => t("grayscale"), rgb: () => "RGB", rgba: () => "RGBA" };

/** What pixels become, in words. */
const VALUES: Record<Preprocessing, () => string> = {
  none: () => t("{0} to {1}", 0, 255),
  unit: () => t("{0} to {1}", 0, 1),
  tf: () => t("{0} to {1}", "−1", 1),
  torch: () => t("0 to 1, less ImageNet’s means, by its deviations"),
  caffe: () => t("BGR, less ImageNet’s means"),
};

/** `224×224 RGB, −1 to 1`. */
export function imageInputFact({ width, height, mode, bits, preprocessing }: ImageInput): string {
  const values = bits === 16 && preprocessing === "none" ? t("{0} to {1}", 0, 65535) : VALUES[preprocessing]();
  return `${height}×${width} ${COLOURS[mode]()}, ${values}`;
}

/** One row a reason: who says what is done to the pixels of an input. `architecture`: the application, where the model is one. */
const REASONS: Record<ImageInput["because"], (input: ImageInput, architecture: string) => string> = {
  model: ({ preprocessing }, architecture) =>
    preprocessing === "none"
      ? t("as they are: {0} rescales by itself, and its preprocess_input does nothing", architecture)
      : t("as {0}’s preprocess_input makes them (mode {1})", architecture, preprocessing),
  asked: ({ preprocessing }) =>
    preprocessing === "none" ? t("as they are, as was asked for") : t("as was asked for ({0})", preprocessing),
  unknown: () => t("as they are: this model does not say how it wants them prepared"),
  unfit: (_, architecture) => t("as they are: {0}’s preprocess_input needs floats of three channels", architecture),
};

/** Name of the application that a zoo model is a variant of. */
export const architectureOf = (model: string): string => model.split("?", 1)[0] ?? model;

/** What an image became at each input, and what the others hold, a sentence each. */
export function imageSentences(image: ImageReport, model: string): string[] {
  const { name, width, height, inputs, others, note } = image;
  const architecture = architectureOf(model);
  const filled = inputs.map((input) => {
    const isResized = input.width !== width || input.height !== height;
    const [held, why] = [imageInputFact(input), REASONS[input.because](input, architecture)];
    return isResized
      ? t(
          "{0} holds the image {1} as {2}, its {3} pixels brought to that size by nearest neighbours as load_img does; pixels {4}.",
          input.name,
          name,
          held,
          `${height}×${width}`,
          why,
        )
      : t("{0} holds the image {1} as {2}; pixels {3}.", input.name, name, held, why);
  });
  return [
    ...filled,
    ...(note === undefined ? [] : [said(note)]),
    ...others.map((other) => t("No image fits {0}: it holds a ramp.", other)),
  ];
}
