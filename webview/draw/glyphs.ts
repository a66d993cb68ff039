import type { Family } from "./families";

/** One glyph a family, as the path of a 14 × 14 drawing; lines are 1.4 wide, round, in the family's colour. `filled`: areas instead. */
export const GLYPHS: Record<Family, { path: string; filled?: boolean }> = {
  convolution: { path: "M1.5 1.5h11v11h-11zM5.2 1.5v11M8.8 1.5v11M1.5 5.2h11M1.5 8.8h11" },
  depthwise: { path: "M1.5 4.5h8v8h-8zM4.5 4.5v-3h8v8h-3M1.5 8.5h8M5.5 4.5v8" },
  dense: { path: "M2.5 2.5L11.5 2.5M2.5 2.5L11.5 11.5M2.5 11.5L11.5 2.5M2.5 11.5L11.5 11.5M2.5 7L11.5 7" },
  normalization: { path: "M1.5 5.2c1.8-3 3.6-3 5.5 0s3.7 3 5.5 0M1.5 10.2c1.8-3 3.6-3 5.5 0s3.7 3 5.5 0" },
  activation: { path: "M1.5 11h5L12.5 2.5" },
  pooling: { path: "M1.5 2.5h11L8.5 7.5v4.5l-3 -1.5v-3z" },
  merge: { path: "M7 1.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 1 1 0-11zM7 4.2v5.6M4.2 7h5.6" },
  reshape: { path: "M1.5 4v-2.5h2.5M10 1.5h2.5v2.5M12.5 10v2.5h-2.5M4 12.5h-2.5v-2.5M4.7 4.7h4.6v4.6h-4.6z" },
  preprocessing: { path: "M2 4h4M10 4h2M2 10h2M8 10h4M8 2.3v3.4M6 8.3v3.4" },
  recurrent: { path: "M11.8 5.2A5.2 5.2 0 1 0 12.2 8M12.5 2v3.5h-3.5" },
  attention: { path: "M1.3 7c2.8-4.3 8.6-4.3 11.4 0c-2.8 4.3-8.6 4.3-11.4 0zM7 5.3a1.7 1.7 0 1 1 0 3.4a1.7 1.7 0 1 1 0-3.4z" },
  regularization: { path: "M7 1.5a5.5 5.5 0 1 1 0 11a5.5 5.5 0 1 1 0-11zM3.2 10.8l7.6-7.6" },
  input: { path: "M3 1.8l8.5 5.2l-8.5 5.2z", filled: true },
  operation: { path: "M3 12l4.3-6.5M4 2h1.2c1.3 0 1.6 1 2 2.2l2.2 6.3c.4 1.1 .8 1.5 1.8 1.5" },
  nested: { path: "M1.5 1.5h11v11h-11zM4.5 4.5h5v5h-5z" },
  unknown: { path: "M4.2 4.6a2.8 2.8 0 1 1 4 2.6c-.9 .4-1.2 .9-1.2 1.9M7 11.9v.1" },
};
