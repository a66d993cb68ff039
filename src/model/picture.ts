/** Numbers as a small picture, row by row from the top left: a byte a pixel, 0 for `min` to 254 for `max`, 255 where there is NaN or infinity. */
export interface Picture {
  width: number;
  height: number;
  min: number;
  max: number;
  /** The bytes as base64. */
  bytes: string;
}

/** Stands in a picture for what is no number. */
export const NO_NUMBER = 255;

/** What a layer's first output looks like: that of the first sample. */
export interface LayerPictures {
  /** `image`: the mean of all channels; `table`: steps downwards, features to the right; `strip`: one row of numbers. */
  kind: "image" | "table" | "strip";
  /** Of the tensor, batch first. */
  shape: number[];
  whole: Picture;
  /** Of images: the first channels. */
  channels: Picture[];
  /** How many channels there are. */
  channelCount: number;
  /** Of inputs of one or three channels: gray, or red, green and blue, all between the same `min` and `max`. */
  planes?: Picture[];
  /** Of volumes: which slice along the depth is shown, from 0. */
  slice?: number;
}
