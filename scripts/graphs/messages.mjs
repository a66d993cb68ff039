// Compiles src/formats/graph-def/messages.proto (see protos.py) to the module that reads those messages, and its types.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const ROOM = new URL("../../src/formats/graph-def/", import.meta.url);
const HEAD = "// Written by scripts/graphs/messages.mjs from messages.proto.\n";
const PBF = fileURLToPath(new URL("../../node_modules/pbf/bin/pbf", import.meta.url));
const NUMBERS = /^(double|float|u?int(32|64)|s?fixed(32|64))$/;
const SCALARS = { string: "string", bytes: "Uint8Array", bool: "boolean" };

const proto = fileURLToPath(new URL("messages.proto", ROOM));
const code = execFileSync(process.execPath, [PBF, proto, "--no-write"], { encoding: "utf8" });
writeFileSync(new URL("messages.js", ROOM), HEAD + code);
const messages = [...readFileSync(proto, "utf8").matchAll(/^message (\w+) \{\n([\s\S]*?)^\}/gm)].map(([, name, body]) =>
  typesOf(name, body),
);
writeFileSync(new URL("messages.d.ts", ROOM), `${HEAD}import type { PbfReader } from "pbf";\n${messages.join("")}`);

/** protos.py writes a field a line; those of a oneof stand in deeper. */
function typesOf(name, body) {
  const fields = [...body.matchAll(/^( +)(repeated )?(\w+) (\w+) = \d+;/gm)];
  const lines = fields.map(([, , repeated, type, field]) => `  ${field}: ${typeOf(type, repeated)};`);
  const oneof = /^ +oneof (\w+)/m.exec(body)?.[1];
  const members = fields.filter(([, indent]) => indent.length > 2).map(([, , , , field]) => JSON.stringify(field));
  if (oneof) lines.push(`  ${oneof}: ${members.join(" | ")} | undefined;`);
  return `\nexport interface ${name} {\n${lines.join("\n")}\n}\nexport function read${name}(pbf: PbfReader, end?: number): ${name};\n`;
}

/** As pbf reads it: zero where the file has none; a message that is not there is undefined. */
function typeOf(type, repeated) {
  const scalar = NUMBERS.test(type) ? "number" : SCALARS[type];
  if (repeated) return `${scalar ?? type}[]`;
  return scalar && type !== "bytes" ? scalar : `${scalar ?? type} | undefined`;
}
