import type { InputRule } from "../layers";
import { formatShape } from "../model";

/** What a layer says to the tensors it is given, before it runs; null where it takes them. @see Keras `InputSpec` */
export function ruleBroken(rules: (InputRule | null)[], shapes: number[][]): string | null {
  for (const [index, rule] of rules.entries()) {
    const shape = shapes[index];
    const message = rule && shape ? broken(rule, shape) : null;
    if (message) return message;
  }
  return null;
}

function broken(rule: InputRule, shape: number[]): string | null {
  const { rank, minRank, maxRank } = rule;
  const found = `got ${shape.length} (${formatShape(shape)})`;
  if (rank !== undefined && shape.length !== rank) return `expected ${rank} axes, ${found}`;
  if (maxRank !== undefined && shape.length > maxRank) return `expected at most ${maxRank} axes, ${found}`;
  if (minRank !== undefined && shape.length < minRank) return `expected at least ${minRank} axes, ${found}`;
  for (const [key, wanted] of Object.entries(rule.axes ?? {})) {
    const axis = Number(key);
    const size = shape.at(axis);
    if (size !== wanted) return `expected ${wanted} ${axisWord(axis, shape.length)}, got ${size} from ${formatShape(shape)}`;
  }
  return null;
}

function axisWord(axis: number, rank: number): string {
  const isLast = axis === -1 || axis === rank - 1;
  if (isLast) return rank >= 3 ? "channels" : "values";
  return axis === 1 ? "channels along axis 1" : `along axis ${axis}`;
}
