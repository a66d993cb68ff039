import type { Preprocessing } from "../model";

/** Of red, green and blue. @see keras.applications.imagenet_utils */
const MEANS = [0.485, 0.456, 0.406];
const DEVIATIONS = [0.229, 0.224, 0.225];
/** Of blue, green and red. */
const CAFFE_MEANS = [103.939, 116.779, 123.68];

const { fround } = Math;
const at = (numbers: readonly number[], index: number) => fround(numbers[index] as number);

/** One row a kind: the number of a channel from the pixel's own numbers, each step rounded to float32 as NumPy does. */
const CHANNEL: { [kind in Preprocessing]: (pixel: ArrayLike<number>, channel: number) => number } = {
  none: (pixel, channel) => pixel[channel] as number,
  unit: (pixel, channel) => fround((pixel[channel] as number) / 255),
  tf: (pixel, channel) => fround(fround((pixel[channel] as number) / 127.5) - 1),
  torch: (pixel, channel) => fround(fround(fround((pixel[channel] as number) / 255) - at(MEANS, channel)) / at(DEVIATIONS, channel)),
  caffe: (pixel, channel) => fround((pixel[2 - channel] as number) - at(CAFFE_MEANS, channel)),
};

/** Whether a kind knows only red, green and blue. */
export const needsColours = (kind: Preprocessing): boolean => kind === "torch" || kind === "caffe";

/** What `preprocess_input` makes of pixels, channels last; three channels where `needsColours`. Writes over them. */
export function preprocess(numbers: Float32Array, channels: number, kind: Preprocessing): Float32Array {
  if (kind === "none") return numbers;
  const make = CHANNEL[kind];
  const pixel = new Float32Array(channels);
  for (let start = 0; start < numbers.length; start += channels) {
    pixel.set(numbers.subarray(start, start + channels));
    for (let channel = 0; channel < channels; channel++) numbers[start + channel] = make(pixel, channel);
  }
  return numbers;
}
