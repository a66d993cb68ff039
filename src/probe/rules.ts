import type { InputRule } from "../layers";
import { formatShape } from "../model";

/** What a layer says to the tensors it is given, before it runs; null where it takes them. @see Keras `InputSpec` */
export function ruleBroken(rules: (InputRule | null)[], tensors: { shape: number[] }[]): string | null {
  for (let index = 0; index < rules.length; index++) {
    const rule = rules[index];
    const shape = tensors[index]?.shape;
    const message = rule && shape ? broken(rule, shape) : null;
    if (message) return message;
  }
  return null;
}

function broken(rule: InputRule, shape: number[]): string | null {
  const { rank, minRank, maxRank } = rule;
  if (rank !== undefined && shape.length !== rank) return `expected ${rank} axes, ${foundAxes(shape)}`;
  if (maxRank !== undefined && shape.length > maxRank) return `expected at most ${maxRank} axes, ${foundAxes(shape)}`;
  if (minRank !== undefined && shape.length < minRank) return `expected at least ${minRank} axes, ${foundAxes(shape)}`;
  for (const [axis, wanted] of rule.axes ?? []) {
    const size = shape.at(axis);
    if (size !== wanted) return `expected ${wanted} ${axisWord(axis, shape.length, wanted)}, got ${size} from ${formatShape(shape)}`;
  }
  return null;
}

const foundAxes = (shape: number[]): string => `got ${shape.length} (${formatShape(shape)})`;

function axisWord(axis: number, rank: number, count: number): string {
  const plural = count === 1 ? "" : "s";
  const isLast = axis === -1 || axis === rank - 1;
  if (isLast) return `${rank >= 3 ? "channel" : "value"}${plural}`;
  return axis === 1 && rank >= 4 ? `channel${plural} along axis 1` : `along axis ${axis}`;
}
