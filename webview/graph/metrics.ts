/** Sizes in pixels that drawing and layout agree on. */
export const METRICS = {
  layerHeight: 30,
  cardHeight: 46,
  frameHeader: 38,
  /** Room beside a layer for the operand that stretched its tensor. */
  operandGap: 34,
  operandHeight: 34,
  /** Height of the second line of a layer that holds its operand. */
  operandLine: 32,
} as const;

/** How much room boxes and frames are given, pixels. */
export interface Density {
  narrowest: number;
  widest: number;
  /** Inside a group names may lose what only repeats its title. */
  widestInside: number;
  framePadding: number;
  /** Least width of a frame's header besides its title. */
  headerRoom: number;
  /** Around the whole drawing. */
  margin: number;
  /** Whether operands and badges stand on a second line in the layer, as beside it there is no room. */
  isStacked: boolean;
}

export const ROOMY: Density = {
  narrowest: 236,
  widest: 380,
  widestInside: 272,
  framePadding: 18,
  headerRoom: 260,
  margin: 24,
  isStacked: false,
};
/** For a docked side bar. */
export const TIGHT: Density = {
  narrowest: 196,
  widest: 264,
  widestInside: 200,
  framePadding: 10,
  headerRoom: 110,
  margin: 10,
  isStacked: true,
};
