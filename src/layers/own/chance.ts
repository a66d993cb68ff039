import type { LayerTable } from "../row";
import { type PictureWork, pictures } from "./pictures";

/** Layers that vary images in training; outside it they hand them on. */
const CLASSES = [
  "RandomFlip",
  "RandomRotation",
  "RandomTranslation",
  "RandomZoom",
  "RandomShear",
  "RandomContrast",
  "RandomBrightness",
  "RandomHue",
  "RandomSaturation",
  "RandomSharpness",
  "RandomColorJitter",
  "RandomColorDegeneration",
  "RandomGrayscale",
  "RandomInvert",
  "RandomPosterization",
  "RandomPerspective",
  "RandomErasing",
  "RandomElasticTransform",
  "RandomGaussianBlur",
  "RandAugment",
  "AugMix",
  "AutoContrast",
  "ContrastLimitedAdaptiveHistogramEqualization",
  "MixUp",
  "CutMix",
  "Equalization",
  "Solarization",
];

/** Layers that do so to one size, which they declare open for that: by number of the axis, counted from the back. */
const SIZES = { RandomHeight: 3, RandomWidth: 2 };

const handOn: PictureWork<null> = { options: () => null, images: (_, x) => x };

export const CHANCE: LayerTable = {
  ...Object.fromEntries(CLASSES.map((className) => [className, pictures(handOn)])),
  ...Object.fromEntries(
    Object.entries(SIZES).map(([className, place]) => [
      className,
      pictures({ ...handOn, declareImages: (_, first) => first.map((size, axis) => (axis === first.length - place ? null : size)) }),
    ]),
  ),
};
