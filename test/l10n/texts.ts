import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
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

function sourceOf(path: string): Source {
  const tree = ts.createSourceFile(path, readFileSync(join(ROOT, path), "utf8"), ts.ScriptTarget.Latest, true);
  const speaks = tree.text.includes('from "@vscode/l10n"');
  const source: Source = { path, calls: [], bare: [] };
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
    const text = wordsOf(node);
    if (text !== null && isProse(text) && !isUnread(node)) source.bare.push({ place: placeOf(node), text });
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

/** A text as it stands in the code, `…` for what is put in; null where it is none. */
function wordsOf(node: ts.Node): string | null {
  if (ts.isStringLiteralLike(node)) return node.text;
  return ts.isTemplateExpression(node) ? [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join("…") : null;
}

/** Whether it is words in a row, and not only names (of classes, operations, products) nor Python. */
function isProse(text: string): boolean {
  const isPython = /=|^\s*(import|from|def|for|if|return|with|and) /.test(text);
  return !isPython && /\p{L}{2,},? \p{Ll}{2,}/u.test(text);
}

/** Properties that nobody reads. */
const UNREAD = new Set(["class", "code", "d", "transform", "viewBox", "type"]);

/** Whether it is part of an error, which stays English, or of what only programs read: names, comparisons, attributes. */
function isUnread(node: ts.Node): boolean {
  const { parent } = node;
  if (ts.isPropertyAssignment(parent) && parent.name === node) return true;
  if (ts.isBinaryExpression(parent) && /^[!=]==$/.test(parent.operatorToken.getText())) return true;
  for (let around: ts.Node = parent; around && !ts.isBlock(around); around = around.parent) {
    if (ts.isNewExpression(around) && /(Error|Failure|MissingFile|Set|Unknown)$/.test(around.expression.getText())) return true;
    if (ts.isPropertyAssignment(around) && UNREAD.has(around.name.getText())) return true;
    if (isCallOf(around, "counted")) return true;
  }
  return (
    ts.isCallExpression(parent) && /\.(attr|append|select|selectAll|querySelector|parseFromString|join)$/.test(parent.expression.getText())
  );
}

/** Rooms whose texts people read; in the others some modules say something too. */
const READ = /^(webview|src[/](answers|cli|extension|model))[/]/;

/** The modules of the product that say something, with what they say. */
export const SOURCES: readonly Source[] = ["src", "webview"].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"))
    .sort()
    .map((file) => join(folder, file))
    .filter((path) => READ.test(path) || readFileSync(join(ROOT, path), "utf8").includes("@vscode/l10n"))
    .map(sourceOf),
);

/** Every text that a language file has to have. */
export const KEYS: ReadonlySet<string> = new Set([...SOURCES.flatMap(({ calls }) => calls.flatMap(({ text }) => text ?? [])), ...SAYINGS]);
