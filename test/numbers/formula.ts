import { elementCount } from "../../src/model";
import { seedOf } from "../../src/probe/numbers/chance";
import type { ReadWeights } from "../../src/probe/numbers/weights";
import { allLayers, type PreparedModel } from "../../src/probe/prepared";

/** Numbers for a weight, as `number` of scripts/numbers/make.py. */
function numbersOf(where: string, name: string, shape: readonly number[]): Float32Array {
  const seed = seedOf(where) / 2 ** 32;
  const scaled = scaleOf(name.slice(name.lastIndexOf("/") + 1), shape);
  return Float32Array.from({ length: elementCount(shape) }, (_, index) => scaled(((index + 1) * 0.7548776662466927 + seed) % 1));
}

function scaleOf(name: string, shape: readonly number[]): (v: number) => number {
  if (shape.length >= 2) {
    const isDepthwise = name.includes("depthwise") || shape.at(-1) === 1;
    const fanIn = elementCount(isDepthwise ? shape.slice(0, 2) : shape.slice(0, -1));
    const factor = Math.sqrt(3 / fanIn);
    return (v) => (v - 0.5) * 2 * factor;
  }
  return /(gamma|variance|scale)$/.test(name) ? (v) => v + 0.5 : (v) => (v - 0.5) * 0.2;
}

/** A model whose file would hold weights by the formula, and what reads them. */
export function withFormulaWeights(prepared: PreparedModel): { prepared: PreparedModel; readWeights: ReadWeights } {
  const layers = allLayers(prepared.network).flatMap(({ layer, runner }) =>
    (runner?.weights ?? []).map(({ name, shape }, index) => ({
      layer: layer.id,
      name: `${index} ${name}`,
      shape,
      dtype: "float32",
      at: { file: "" },
    })),
  );
  const readWeights: ReadWeights = function* (entries, take) {
    for (const entry of entries) {
      const [index, name] = entry.name.split(" ") as [string, string];
      take(entry, numbersOf(`${entry.layer}#${index}`, name, entry.shape));
      yield;
    }
  };
  return { prepared: { ...prepared, model: { ...prepared.model, weights: layers } }, readWeights };
}
