import type { LayerReport } from "../../src/model";
import type { Ran } from "./numbers";

/** Differences between a run on the engine of shapes and one on an engine with numbers, a line each; empty where they agree. */
export function runDifferences(shapes: Ran, numbers: Ran): string[] {
  const [ours, theirs] = [shapes.run.failure, numbers.run.failure];
  if (theirs && cannotCompute(theirs.message)) return [];
  const rows = new Map(numbers.run.rows.list.map((row) => [row.id, row]));
  const calls = shapes.run.rows.list.flatMap((row) => callDifferences(row, rows.get(row.id) as LayerReport, ours?.layer ?? null));
  const isEnded = numbers.run.rows.list.some(endsNumbers);
  if (isEnded && !theirs) return calls;
  const isSameFailure = ours?.layer === theirs?.layer || (ours !== null && (isUnchecked(ours.message) || hasNoRoom(rows.get(ours.layer))));
  const failures = isSameFailure ? [] : [`fails at ${describe(ours)} on shapes, at ${describe(theirs)} on numbers`];
  const isUnknown = isEnded || shapes.run.rows.list.some(({ status }) => status === "unknown");
  const isWhole = calls.length + failures.length === 0 && !ours && !isUnknown;
  return [...calls, ...failures, ...(isWhole ? outputDifferences(shapes.outputs, numbers.outputs) : [])];
}

/** tfjs lacks some of TensorFlow's kernels. */
const cannotCompute = (message: string): boolean => /not registered for backend/.test(message);

/** What tfjs cannot compute has a shape, and no numbers. */
const endsNumbers = ({ status, message }: LayerReport): boolean =>
  status === "unknown" && /TensorFlow\.js has no operation/.test(message ?? "");

const describe = (failure: { layer: string; message: string } | null): string =>
  failure ? `${failure.layer} (${failure.message})` : "none";

/** tfjs transposes convolutions to sizes that TensorFlow's kernels refuse. */
const isUnchecked = (message: string): boolean => /a transposed convolution to .* needs/.test(message);

/** tfjs lets windows slide over what has no room for them; the shapes engine refuses as Keras does. */
const hasNoRoom = (row: LayerReport | undefined): boolean =>
  [row, ...(row?.furtherCalls ?? [])].some((call) => call?.output?.some((shape) => shape.some((size) => size < 1)));

function callDifferences(ours: LayerReport, theirs: LayerReport, failed: string | null): string[] {
  if (ours.id === failed) return [];
  const others = theirs.furtherCalls ?? [];
  return [ours, ...(ours.furtherCalls ?? [])].flatMap((call, index) => {
    const other = index === 0 ? theirs : others[index - 1];
    const isKnown = call.status === "ok" && other?.status === "ok";
    const [a, b] = [call, other].map((one) => JSON.stringify(one?.output));
    return isKnown && a !== b ? [`${ours.id} (${ours.className}): ${a} on shapes, ${b} on numbers`] : [];
  });
}

function outputDifferences(ours: Ran["outputs"], theirs: Ran["outputs"]): string[] {
  const [a, b] = [JSON.stringify(ours), JSON.stringify(theirs)];
  return a === b ? [] : [`${a} come out on shapes, ${b} on numbers`];
}
