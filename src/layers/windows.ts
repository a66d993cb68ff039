/** How a window slides along one axis. */
export interface Sliding {
  window: number;
  stride: number;
  dilation: number;
  padding: "valid" | "same" | "causal";
}

/** Output size of a sliding window; null stays open. A result below 1 means that the window does not fit. */
export function slidSize(size: number | null, { window, stride, dilation, padding }: Sliding): number | null {
  if (size === null) return null;
  const reach = (window - 1) * dilation + 1;
  const room = padding === "valid" ? size - reach + 1 : size;
  return Math.ceil(room / stride);
}

/** @throws Error in Keras's sense where a declared size leaves no room for the window */
export function declaredSlide(size: number | null, sliding: Sliding): number | null {
  const slid = slidSize(size, sliding);
  if (slid !== null && slid < 1) throw new Error(`its window of ${sliding.window} does not fit into the declared size ${size}`);
  return slid;
}

/** Output size of a transposed convolution. @see Keras `compute_conv_transpose_output_shape` */
export function unslidSize(size: number | null, sliding: Sliding, outputPadding: number | null): number | null {
  if (size === null) return null;
  const { window, stride, dilation, padding } = sliding;
  const reach = (window - 1) * dilation + 1;
  if (outputPadding === null) return padding === "same" ? size * stride : size * stride + Math.max(reach - stride, 0);
  const pad = padding === "same" ? Math.floor(reach / 2) : 0;
  return (size - 1) * stride + reach - 2 * pad + outputPadding;
}
