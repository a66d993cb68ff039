import { UserError, type ZooFacts } from "../../model";
import { generationsOf, type ZooGeneration, zooCatalogue } from "./catalogue";
import { nearMisses } from "./near-misses";

/** What a zoo spec asks for, defaults filled in. */
export interface ZooSpec {
  name: string;
  includeTop: boolean;
  pooling: ZooFacts["pooling"];
  weights: ZooFacts["weights"];
  generation: ZooGeneration;
}

const LONGEST = 200;

/** Whether `text` is a spec (`EfficientNetB5?keras=2`) of a model that the zoo has; its options may still be wrong. */
export function isInZoo(text: string): boolean {
  const isSpec = text.length <= LONGEST && /^[A-Za-z][A-Za-z0-9]*(\?[^/\\]*)?$/.test(text);
  return isSpec && generationsOf(splitOnce(text, "?")[0] ?? "").length > 0;
}

/** Reads one value of an option; null where it is not one. */
const OPTIONS: { [option: string]: { allowed: string; read: (text: string) => Partial<ZooSpec> | null } } = {
  include_top: { allowed: "true or false", read: choice("includeTop", { true: true, True: true, false: false, False: false }) },
  pooling: { allowed: "avg, max or none", read: choice("pooling", { avg: "avg", max: "max", none: null, None: null }) },
  weights: { allowed: "imagenet or none", read: choice("weights", { imagenet: "imagenet", none: null, None: null }) },
  keras: { allowed: "3, 2 or 2.9", read: choice("generation", { "3": "3", "2": "2", "2.9": "2.9" }) },
};

function choice<K extends keyof ZooSpec>(key: K, values: { [text: string]: ZooSpec[K] }): (text: string) => Partial<ZooSpec> | null {
  return (text) => (Object.hasOwn(values, text) ? { [key]: values[text] } : null) as Partial<ZooSpec> | null;
}

/** @throws UserError naming near misses, or what an option may be */
export function parseZooSpec(spec: string): ZooSpec {
  const [name = "", query = ""] = splitOnce(spec, "?");
  const [newest] = generationsOf(name);
  if (!newest) throw unknownName(name);
  const parsed: ZooSpec = { name, includeTop: false, pooling: null, weights: "imagenet", generation: newest };
  const parts = query.split("&").filter(Boolean);
  refuseTwice(parts);
  for (const part of parts) Object.assign(parsed, readOption(part));
  const generations = generationsOf(name);
  if (!generations.includes(parsed.generation)) {
    throw new UserError(`${name} is not in the zoo as keras=${parsed.generation}: ask for keras=${generations.join(" or keras=")}.`);
  }
  return parsed;
}

function refuseTwice(parts: readonly string[]): void {
  const options = parts.map((part) => splitOnce(part, "=")[0] ?? "");
  const twice = options.find((option, index) => options.indexOf(option) !== index);
  if (twice !== undefined) throw new UserError(`The zoo option "${twice.slice(0, 40)}" is given twice: give it once.`);
}

function readOption(part: string): Partial<ZooSpec> {
  const [option = "", value = ""] = splitOnce(part, "=");
  const row = Object.hasOwn(OPTIONS, option) ? OPTIONS[option] : undefined;
  if (!row) throw new UserError(`A zoo model has no option "${option.slice(0, 40)}": use ${Object.keys(OPTIONS).join(", ")}.`);
  const read = row.read(value);
  if (!read) throw new UserError(`The zoo option ${option} cannot be "${value.slice(0, 40)}": use ${row.allowed}.`);
  return read;
}

function unknownName(name: string): UserError {
  const near = nearMisses(name, Object.keys(zooCatalogue().models));
  const advice = near.length > 0 ? `did you mean ${near.join(" or ")}?` : "`layerscope models` lists those that there are.";
  return new UserError(`There is no model "${name.slice(0, 60)}" in the zoo: ${advice}`);
}

function splitOnce(text: string, separator: string): string[] {
  const at = text.indexOf(separator);
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

/** The shortest spec of the same model: options that have their default are left out. */
export function formatZooSpec(spec: ZooSpec): string {
  const options = [
    spec.includeTop ? "include_top=true" : "",
    spec.pooling ? `pooling=${spec.pooling}` : "",
    spec.weights ? "" : "weights=none",
    spec.generation === generationsOf(spec.name)[0] ? "" : `keras=${spec.generation}`,
  ].filter(Boolean);
  return options.length > 0 ? `${spec.name}?${options.join("&")}` : spec.name;
}
