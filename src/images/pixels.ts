/** An image as its file has it: 8 bits a sample, row by row from the top left. */
export interface DecodedImage {
  width: number;
  height: number;
  /** Red, green, blue and opacity of each pixel; opacity hides nothing: the colours under it are kept. */
  rgba: Uint8Array;
  /** Of a grayscale image with 16 bits a sample, which Keras does not bring down to 8. */
  gray16?: Uint16Array;
  /** Where its pixels may not be those that Keras has, and why: a sentence. */
  note?: string;
}

/** Most pixels that are read: what Pillow warns of as a decompression bomb. @see PIL.Image.MAX_IMAGE_PIXELS */
export const MOST_PIXELS = 89_478_485;
