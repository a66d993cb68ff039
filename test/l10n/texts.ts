import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import ts from "typescript";
import { SAYINGS } from "../../src/model/sayings";

export const ROOT = join(import.meta.dirname, "../..");

/** A call of `t`, by where it stands. */
export interface TextCall {
  place: string;
  /** What it says in English; null where that is no literal. */
  text: string | null;
  /** How many values it is given; null where nobody can tell, as one of them is spread. */
  values: number | null;
  /** Whether it runs as its module is loaded. */
  isAtLoad: boolean;
}

/** A text outside `t`, by where it stands. */
export interface BareText {
  place: string;
  text: string;
}

export interface Source {
  /** From the root of the project. */
  path: string;
  calls: TextCall[];
  bare: BareText[];
}

/** `{0}`, `{1}`: each once, in their order. */
export const placeholders = (text: string): string[] => [...new Set(text.match(/\{\d+\}/g) ?? [])].sort();

/** Where a text is none that people read: names for programs, Python, messages of errors (which stay English). */
const NOT_READ = new Set(["class", "role", "type", "d", "viewBox", "transform", "code"]);

function sourceOf(file: string): Source {
  const tree = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
  const speaks = tree.text.includes('from "@vscode/l10n"');
  const source: Source = { path: relative(ROOT, file), calls: [], bare: [] };
  const placeOf = (node: ts.Node) => `${source.path}:${tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1}`;
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node) || ts.isTypeNode(node)) return;
    if (speaks && isCallOf(node, "t")) {
      const [first, ...values] = node.arguments;
      source.calls.push({
        place: placeOf(node),
        text: first && ts.isStringLiteralLike(first) ? first.text : null,
        values: values.some(ts.isSpreadElement) ? null : values.length,
        isAtLoad: !isInFunction(node),
      });
      for (const value of values) visit(value);
      return;
    }
    if ((ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) && !isUnread(node)) {
      const text = node.getText(tree).slice(1, -1);
      if (/\p{L}{2,},? \p{L}{2,}/u.test(text.replace(/\$\{[^}]*\}/g, "…"))) source.bare.push({ place: placeOf(node), text });
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return source;
}

const isCallOf = (node: ts.Node, name: string): node is ts.CallExpression =>
  ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === name;

function isInFunction(node: ts.Node): boolean {
  for (let around = node.parent; around; around = around.parent) {
    if (ts.isFunctionLike(around)) return true;
    if (ts.isPropertyDeclaration(around) && !around.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.StaticKeyword)) return true;
  }
  return false;
}

/** Whether it is part of an error, or of what only programs read. */
function isUnread(node: ts.Node): boolean {
  for (let around = node.parent; around; around = around.parent) {
    if (ts.isNewExpression(around) && /Error$|Failure$/.test(around.expression.getText())) return true;
    if (ts.isPropertyAssignment(around) && NOT_READ.has(around.name.getText().replaceAll('"', ""))) return true;
    if (ts.isCallExpression(around) && /\.(attr|append|select|selectAll|querySelector|closest|matches|split|test)$/.test(around.expression.getText()))
      return true;
    if (ts.isBlock(around)) return false;
  }
  return false;
}

/** All modules of the product, with what they say. */
export const SOURCES: readonly Source[] = ["src", "webview"].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"))
    .sort()
    .map((file) => sourceOf(join(ROOT, folder, file))),
);

/** Every text that a language file has to have. */
export const KEYS: ReadonlySet<string> = new Set([...SOURCES.flatMap(({ calls }) => calls.flatMap(({ text }) => text ?? [])), ...SAYINGS]);
