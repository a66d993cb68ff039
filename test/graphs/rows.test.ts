import { expect, it } from "vitest";
import { ARITHMETIC } from "../../src/layers/graph/arithmetic";
import { BRIDGED } from "../../src/layers/graph/bridged";
import { CHOSEN } from "../../src/layers/graph/chosen";
import { CONVOLUTION } from "../../src/layers/graph/convolution";
import { IMAGE_OPERATIONS } from "../../src/layers/graph/image";
import { NORMALIZATION } from "../../src/layers/graph/normalization";
import { PICKING } from "../../src/layers/graph/picking";
import { SHAPED } from "../../src/layers/graph/shaped";
import { savedGraphs } from "./saved";

const TABLES = [ARITHMETIC, BRIDGED, CHOSEN, CONVOLUTION, IMAGE_OPERATIONS, NORMALIZATION, PICKING, SHAPED];

it("no row of an operation stands in two tables", () => {
  const names = TABLES.flatMap((table) => Object.keys(table));
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});

it("no row of an operation is without a graph in which TensorFlow ran it", () => {
  const ran = new Set(savedGraphs().flatMap(({ probes }) => probes.flatMap(({ nodes }) => (nodes ?? []).map(([, op]) => op))));
  expect(TABLES.flatMap((table) => Object.keys(table)).filter((op) => !ran.has(op))).toEqual([]);
});
