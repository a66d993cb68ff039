/** A box to be placed, sizes in pixels. With `children` it is a frame, and `width` and `height` are those of its header. */
export interface LayoutBox {
  id: string;
  width: number;
  height: number;
  /** Extra room to the right, for what is drawn beside the box. */
  aside: number;
  /** 0 for boxes that should stand beside the main line where there is a choice, else 1. */
  weight: number;
  children?: LayoutBox[];
}

/** Between two boxes without children. */
export interface LayoutEdge {
  from: string;
  to: string;
  /** Whether a label stands on the edge, which needs more room. */
  hasLabel: boolean;
}

export interface LayoutRequest {
  boxes: LayoutBox[];
  edges: LayoutEdge[];
  /** Around the whole drawing, pixels. */
  margin?: number;
  /** Beside what a frame holds, pixels. */
  framePadding?: number;
}

/** A placed box; pixels from the top left corner of the drawing. */
export interface Place {
  id: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A stretch of an edge inside one container, as corner points. `targets`: the boxes that it leads to in the end. */
export interface Route {
  id: string;
  source: string;
  targets: string[];
  points: [number, number][];
  /** Whether the stretch begins at its source (not at the border of a frame). */
  leavesSource: boolean;
  /** Whether it ends at a box (not at the lower border of a frame). */
  arrives: boolean;
  /** Whether it runs beside other boxes for more than one tier. */
  isLong: boolean;
  /** Edges against the running order: a shared layer fed by a later one. */
  isBackward: boolean;
}

export interface Layout {
  width: number;
  height: number;
  /** x of the main line. */
  spine: number;
  places: Place[];
  routes: Route[];
}
