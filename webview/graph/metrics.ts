/** Sizes in pixels that drawing and layout agree on. */
export const METRICS = {
  layerHeight: 30,
  cardHeight: 46,
  frameHeader: 38,
  framePadding: 18,
  narrowest: 236,
  widest: 380,
  /** Inside a group names may lose what only repeats its title. */
  widestInside: 272,
  /** Room beside a layer for the operand that stretched its tensor. */
  operandGap: 34,
  operandHeight: 34,
} as const;
