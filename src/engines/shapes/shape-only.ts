import type { DataType } from "@tensorflow/tfjs-core";
import { row } from "./row";

/** Name of the one kernel that is ours: it says a shape, and no other engine has it. */
export const SHAPE_ONLY = "ShapeOnly";

/** A type, as an engine's attributes have no index signature otherwise. */
export type ShapeOnlyAttrs = { shape: number[]; dtype: DataType };

/** What tfjs has no kernel for, but whose shape is known. Never folds: there are no numbers to have. */
export const SHAPE_ONLY_ROW = row<unknown, ShapeOnlyAttrs>(SHAPE_ONLY, (_, { shape, dtype }) => ({ shape: shape.slice(), dtype }), false);
