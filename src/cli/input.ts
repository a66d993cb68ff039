import { UserError } from "../model";

/** What `--input` said: a shape without a name, or shapes by the names of the inputs; without batch either way. */
export type InputText = { shape: number[] } | { byName: Map<string, number[]> };

/**
 * Reads `128x128x1`, `left=40x40x3,right=40x60x3` or `20`; `×`, `*`, commas, spaces and brackets are forgiven. Numbers are taken as they
 * are written: whether a tensor can have them is the probe's to say. @throws UserError where something is no number at all
 */
export function parseInput(text: string): InputText {
  if (!text.includes("=")) return { shape: parseShape(text, text) };
  const byName = new Map<string, number[]>();
  for (const [name, shape] of pairs(text)) {
    if (byName.has(name)) throw new UserError(`--input ${text}: ${name} is given twice; give each input once.`);
    byName.set(name, parseShape(shape, text));
  }
  return { byName };
}

/** `a=1x2, b=3` as pairs: a name reaches back from its `=` to the separator before it, a shape up to the next name. */
function pairs(text: string): [string, string][] {
  const parts = text.split("=");
  const found: [string, string][] = [];
  let name = (parts[0] ?? "").trim();
  for (const [index, part] of parts.slice(1).entries()) {
    const isLast = index === parts.length - 2;
    const cut = isLast ? part.length : lastSeparator(part.trimEnd());
    if (name === "" || cut < 0) throw new UserError(`--input ${text}: name each input, like ${EXAMPLE_NAMED}.`);
    found.push([name, part.slice(0, cut)]);
    name = part.slice(cut + 1).trim();
  }
  return found;
}

const lastSeparator = (text: string) => Math.max(...[",", ";", " "].map((separator) => text.lastIndexOf(separator)));

function parseShape(shape: string, whole: string): number[] {
  const bare = shape.trim().replace(/^[([]+|[)\],;]+$/g, "");
  if (bare === "scalar") return [];
  const axes = bare.split(/\s*[x×X*,]\s*|\s+/);
  return axes.map((axis) => {
    if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(axis)) return Number(axis);
    const what = axis === "" ? "an axis is missing" : `"${axis}" is not a number`;
    throw new UserError(`--input ${whole}: ${what}; write the axes without batch, like ${EXAMPLE}.`);
  });
}

const EXAMPLE = "128x128x1";
const EXAMPLE_NAMED = "left=40x40x3,right=40x60x3";

/**
 * Shapes by input name with the batch in front, for a model with these inputs. Without names: the shape of its one input, or a shape for
 * each in their order (`40x40x3,40x60x3`). @throws UserError where the text and the inputs do not fit
 */
export function namedShapes(text: string, batch: number, names: readonly string[]): { [name: string]: number[] } {
  const input = names.length > 1 && !text.includes("=") ? inOrder(text, names) : parseInput(text);
  const byName = "byName" in input ? input.byName : new Map(names.map((name) => [name, input.shape]));
  for (const name of byName.keys())
    if (!names.includes(name)) throw new UserError(`The model has no input ${name}; its inputs are ${names.join(", ")}.`);
  return Object.fromEntries([...byName].map(([name, shape]) => [name, [batch, ...shape]]));
}

/** A shape for each input: in brackets, or without a comma or a space in it. */
function inOrder(text: string, names: readonly string[]): InputText {
  const shapes = text.match(/\([^()]*\)|\[[^[\]]*\]|[^\s,;]+/g) ?? [];
  if (shapes.length !== names.length) {
    const named = names.map((name) => `${name}=…`).join(",");
    throw new UserError(`The model has ${names.length} inputs; name them: --input ${named}, or give a shape for each in this order.`);
  }
  return { byName: new Map(names.map((name, index) => [name, parseShape(shapes[index] ?? "", text)])) };
}
