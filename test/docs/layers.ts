import { readFileSync } from "node:fs";
import { join } from "node:path";
import { knownClasses } from "../../src/layers";
import { UNKNOWABLE } from "../../src/layers/unknown";
import { type Evidence, evidenceOf } from "./evidence";
import { operationsSection } from "./operations";

/** What is public in the two Kerases; made by scripts/layers/names.py. */
interface PublicNames {
  versions: { 2: string; 3: string };
  layers: { 2: { [className: string]: string[] }; 3: { [className: string]: string[] } };
  operations: string[];
}

/** Names of all public layers and operations of Keras 3 and tf_keras. */
export function publicNames(): PublicNames {
  return JSON.parse(readFileSync(join(__dirname, "../layers/public.json"), "utf8")) as PublicNames;
}

/** docs/layers.md, made from the tables of src/layers and from what the tests compare. */
export function layersPage(): string {
  const { layers, operations, versions } = publicNames();
  const evidence = { 2: evidenceOf(2), 3: evidenceOf(3) };
  const classes = [...new Set([...Object.keys(layers[2]), ...Object.keys(layers[3])])].sort((a, b) => a.localeCompare(b, "en"));
  const known = new Set([...knownClasses(), "InputLayer"]);
  const cell = (className: string, major: 2 | 3) =>
    layers[major][className] ? standing(className, layers[major][className] ?? [], known, evidence[major]) : "";
  const rows = classes.map((className) => {
    const names = [...new Set([...(layers[3][className] ?? []), ...(layers[2][className] ?? [])])].filter((name) => name !== className);
    const also = names.length > 0 ? ` (${names.join(", ")})` : "";
    return `| ${className}${also} | ${cell(className, 3)} | ${cell(className, 2)} | ${UNKNOWABLE[className] ?? ""} |`;
  });
  const exact = classes.filter((className) => known.has(className)).length;
  return `${[
    "# Layers and operations",
    `Every public layer of Keras ${versions[3]} and tf_keras ${versions[2]}: ${exact} of ${classes.length} classes run as real Keras runs them, the others are drawn as unknown. This page is made from the tables of \`src/layers\` by \`npm run docs\`, and \`npm test\` refuses one that is out of date.`,
    "*exact*: declared shape, weights, parameters, actual shapes and refusals are those of real Keras; the number says how many probes of models with such a layer `npm test` compares with it. *unknown*: the layer is drawn, its output is taken from the file where the file has it, and what follows is unknown where it has not; never a guess. An empty cell: that Keras has no such layer.",
    ["| Layer | Keras 3 | tf_keras | Why unknown |", "| --- | --- | --- | --- |", ...rows].join("\n"),
    ...operationsSection(operations),
  ].join("\n\n")}\n`;
}

/** A file may call a layer by any of its names. */
function standing(className: string, names: readonly string[], known: ReadonlySet<string>, evidence: Evidence): string {
  if (!known.has(className)) return "unknown";
  const probes = [...new Set([className, ...names])].reduce((sum, name) => sum + (evidence.get(name) ?? 0), 0);
  return probes > 0 ? `exact · ${probes.toLocaleString("en-US")}` : "a row, not compared";
}
