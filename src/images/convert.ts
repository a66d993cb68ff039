import type { ColorMode } from "../model";
import type { DecodedImage } from "./pixels";

/** Channels of each colour mode of `keras.utils.load_img`. */
export const CHANNELS = { grayscale: 1, rgb: 3, rgba: 4 } as const satisfies Record<ColorMode, number>;

/** What an image becomes as a tensor without batch, channels last. */
export interface ImageShape {
  mode: ColorMode;
  height: number;
  width: number;
}

/**
 * `img_to_array(load_img(path, color_mode=mode, target_size=(height, width)))`: 0 to 255, channels last; of 16-bit grayscale up to 65535.
 * Keras brings the colours together first and takes nearest neighbours afterwards, which commute.
 */
export function imageNumbers(image: DecodedImage, { mode, height, width }: ImageShape): Float32Array {
  const channels = CHANNELS[mode];
  const wide = mode === "grayscale" ? image.gray16 : undefined;
  const nearest = wide ? nearestOfWide : nearestOf;
  const [rows, columns] = [nearest(image.height, height), nearest(image.width, width)];
  const numbers = new Float32Array(height * width * channels);
  let at = 0;
  for (const row of rows) {
    for (const column of columns) {
      const pixel = row * image.width + column;
      if (wide) numbers[at++] = wide[pixel] as number;
      else if (mode === "grayscale") numbers[at++] = luma(image.rgba, 4 * pixel);
      else for (let channel = 0; channel < channels; channel++) numbers[at++] = image.rgba[4 * pixel + channel] as number;
    }
  }
  return numbers;
}

/** @see ITU-R 601-2, as Pillow's L24 rounds it */
function luma(rgba: Uint8Array, at: number): number {
  return ((rgba[at] as number) * 19595 + (rgba[at + 1] as number) * 38470 + (rgba[at + 2] as number) * 7471 + 0x8000) >> 16;
}

/** Which of `from` places each of `to` places shows; the steps are added up, as Pillow's ImagingScaleAffine does, rounding included. */
function nearestOf(from: number, to: number): Int32Array {
  const step = from / to;
  let place = step / 2;
  return Int32Array.from({ length: to }, () => {
    const nearest = Math.min(Math.trunc(place), from - 1);
    place += step;
    return nearest;
  });
}

/** Samples of 16 bits take another way through Pillow, which multiplies. */
function nearestOfWide(from: number, to: number): Int32Array {
  const step = from / to;
  return Int32Array.from({ length: to }, (_, index) => Math.min(Math.trunc(step * (index + 0.5)), from - 1));
}
