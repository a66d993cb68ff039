import {
  type AskedProbe,
  elementCount,
  formatShape,
  isFill,
  isObject,
  PREPROCESSINGS,
  PROBE_LIMITS,
  type ProbeMode,
  UserError,
} from "../model";
import type { PreparedModel } from "./prepared";

const MODES: ReadonlySet<string> = new Set<ProbeMode>(["feed", "rebuild"]);
const ENGINES: ReadonlySet<string> = new Set<AskedProbe["engine"]>(["shapes", "auto", "native", "wasm"]);

/**
 * The probe with what it leaves out filled in.
 * @throws UserError for shapes that no tensor has and for inputs that the model does not have; what a gate refuses is left to it
 */
export function checkProbe({ inputs, model }: PreparedModel, probe: AskedProbe): AskedProbe {
  if (!isObject(probe?.inputs)) throw new UserError("A probe needs inputs: the shape of a tensor by the name of each.");
  const names = inputs.map(({ name }) => name);
  for (const name of Object.keys(probe.inputs)) {
    if (!names.includes(name)) throw new UserError(`${model.name} has no input "${name}"; its inputs are ${names.join(", ")}.`);
  }
  if (!MODES.has(probe.mode)) throw new UserError(`There is no mode "${probe.mode}"; use ${[...MODES].join(" or ")}.`);
  if (!ENGINES.has(probe.engine)) throw new UserError(`There is no engine "${probe.engine}"; use ${[...ENGINES].join(", ")}.`);
  requireContent(probe);
  const shapes = inputs.map(({ name, suggested }) => [name, probe.inputs[name] ?? suggested] as const);
  const leastRank = model.network.kind === "graph" ? 0 : 1;
  for (const [name, shape] of shapes) requireTensor(name, shape, leastRank);
  return { ...probe, inputs: Object.fromEntries(shapes.map(([name, shape]) => [name, shape.slice()])) };
}

function requireContent({ fill, preprocess = "auto" }: AskedProbe): void {
  if (!isFill(fill)) throw new UserError(`There is no fill "${fill}"; use zeros, ones, ramp, random:SEED or image:PATH.`);
  const known: readonly string[] = ["auto", ...PREPROCESSINGS];
  if (!known.includes(preprocess)) throw new UserError(`There is no preprocessing "${preprocess}"; use ${known.join(", ")}.`);
}

function requireTensor(name: string, shape: number[], leastRank: number): void {
  const written = Array.isArray(shape) ? formatShape(shape) : String(shape);
  const refuse = (reason: string): never => {
    throw new UserError(`The shape ${written} for input ${name} cannot be a tensor: ${reason}.`);
  };
  if (!Array.isArray(shape) || shape.length < leastRank) refuse("it needs at least a batch size");
  const wrong = shape.find((size) => typeof size !== "number" || !Number.isInteger(size) || size < 1);
  if (wrong !== undefined) refuse(`${String(wrong)} is not a whole number above 0`);
  const long = shape.find((size) => size > PROBE_LIMITS.axis);
  if (long !== undefined) refuse(`${long} is more than the ${PROBE_LIMITS.axis} that an axis may have`);
  if (elementCount(shape) > PROBE_LIMITS.elements) refuse(`it has more than ${PROBE_LIMITS.elements} elements`);
}
