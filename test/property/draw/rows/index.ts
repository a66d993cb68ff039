import type { Row } from "../row";
import { ACTIVATION_LAYERS } from "./activations";
import { ATTENTIONS } from "./attention";
import { CONVOLUTIONS } from "./convolutions";
import { MERGES } from "./merging";
import { NORMALIZATIONS } from "./normalizations";
import { OPERATIONS_2 } from "./operations2";
import { OPERATIONS_3 } from "./operations3";
import { POOLINGS } from "./pooling";
import { PREPROCESSINGS } from "./preprocessing";
import { PRODUCTS } from "./products";
import { recurrent } from "./recurrent";
import { RESHAPINGS } from "./reshaping";

/** What may stand at each step of a `TimeDistributed`. */
const AT_EACH_STEP: Row[] = [...PRODUCTS.slice(0, 2), ...CONVOLUTIONS, ...POOLINGS, ...NORMALIZATIONS.slice(0, 2), ...RESHAPINGS];

const FAMILIES: Row[][] = [
  PRODUCTS,
  CONVOLUTIONS,
  POOLINGS,
  RESHAPINGS,
  MERGES,
  NORMALIZATIONS,
  ACTIVATION_LAYERS,
  recurrent(AT_EACH_STEP),
  ATTENTIONS,
  PREPROCESSINGS,
  OPERATIONS_3,
  OPERATIONS_2,
  OPERATIONS_3,
  OPERATIONS_2,
];

/** The rows of a generation by family, so that a family of many does not drown the others. */
export const familiesOf = (kerasMajor: 2 | 3): Row[][] =>
  FAMILIES.map((rows) => rows.filter((row) => (row.kerasMajor ?? kerasMajor) === kerasMajor)).filter((rows) => rows.length > 0);
