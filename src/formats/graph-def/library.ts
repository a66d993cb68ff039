import type { JsonObject } from "../../model";
import { FormatError, quoted } from "../format-error";
import type { GraphInput, GraphNode } from "../graph/definition";
import { typeName, typeOf } from "../graph/types";
import { shapeJson } from "./attributes";
import { type FunctionDefRetEntry, type OpDef, readFunctionDefArgAttrEntry, readFunctionDefRetEntry, readOpDef } from "./messages";
import { readNode } from "./nodes";
import { placeOfOutput } from "./outputs";
import type { Range, WireFile } from "./wire";

/** Fields of a FunctionDefLibrary, of a FunctionDef, and of the OpDef that is its signature. */
const LIBRARY = { function: 1 } as const;
const FUNCTION = { signature: 1, node: 3, returned: 4, argument: 7 } as const;

const SIGNATURE = { name: 1 } as const;
const text = new TextDecoder();

/** A function as the file has it, tensors named as in graphs (`node`, `node:1`). */
export interface LibraryFunction {
  name: string;
  inputs: GraphInput[];
  nodes: GraphNode[];
  outputs: string[];
}

/** The functions of a graph, each read when it is first called. */
export class Library {
  private readonly ranges = new Map<string, Range>();
  private readonly read = new Map<string, LibraryFunction>();

  /** `range`: of the FunctionDefLibrary; null where the graph has none. */
  constructor(
    private readonly file: WireFile,
    range: Range | null,
  ) {
    if (range) for (const field of file.fields(range)) if (field.number === LIBRARY.function) this.ranges.set(this.nameIn(field), field);
  }

  has(name: string): boolean {
    return this.ranges.has(name);
  }

  /** @throws FormatError where there is none of that name */
  function(name: string): LibraryFunction {
    const known = this.read.get(name) ?? this.readFunction(name);
    this.read.set(name, known);
    return known;
  }

  /** Names and types of what it takes and gives. @throws FormatError where there is none of that name */
  signature(name: string): OpDef {
    return this.signatureIn(this.rangeOf(name));
  }

  /** A placeholder for each argument of a function, with the shape that it was traced for. */
  placeholders(name: string): GraphNode[] {
    const range = this.rangeOf(name);
    const shapes = new Map<number, JsonObject>();
    for (const field of this.file.fields(range)) {
      if (field.number !== FUNCTION.argument) continue;
      const { key, value } = this.file.message(field, readFunctionDefArgAttrEntry);
      const shape = value?.attr.find((attribute) => attribute.key === "_output_shapes")?.value?.list?.shape[0];
      if (shape) shapes.set(key, shapeJson(shape));
    }
    return this.signatureIn(range).input_arg.map(({ name: own, type }, index) => {
      const shape = shapes.get(index);
      const attributes = { dtype: { type: typeName(type) }, ...(shape ? { shape: { shape } } : {}) };
      return { name: own, op: "Placeholder", inputs: [], attributes };
    });
  }

  private rangeOf(name: string): Range {
    const range = this.ranges.get(name);
    if (!range) throw new FormatError(`it calls the function ${quoted(name)}, which is not in the file`);
    return range;
  }

  /** Read by itself, as a file may have thousands of functions of which few are called. */
  private nameIn(range: Range): string {
    for (const field of this.file.fields(range)) {
      if (field.number !== FUNCTION.signature) continue;
      for (const own of this.file.fields(field)) if (own.number === SIGNATURE.name) return text.decode(this.file.bytes(own));
    }
    throw new FormatError("its library has a function without a name");
  }

  private signatureIn(range: Range): OpDef {
    for (const field of this.file.fields(range)) if (field.number === FUNCTION.signature) return this.file.message(field, readOpDef);
    throw new FormatError("its library has a function without a name");
  }

  private readFunction(name: string): LibraryFunction {
    const range = this.rangeOf(name);
    const signature = this.signatureIn(range);
    const nodes: GraphNode[] = [];
    const returned: FunctionDefRetEntry[] = [];
    for (const field of this.file.fields(range)) {
      if (field.number === FUNCTION.node) nodes.push(readNode(this.file, field));
      if (field.number === FUNCTION.returned) returned.push(this.file.message(field, readFunctionDefRetEntry));
    }
    return this.flat(signature, nodes, new Map(returned.map(({ key, value }) => [key, value])));
  }

  private flat(signature: OpDef, nodes: GraphNode[], returned: ReadonlyMap<string, string>): LibraryFunction {
    const byName = new Map(nodes.map((node) => [node.name, node]));
    const args = new Set(signature.input_arg.map(({ name }) => name));
    const signatureOf = (op: string): OpDef | null => (this.has(op) ? this.signature(op) : null);
    const flat = (written: string): string => {
      const [arg = ""] = written.split(":");
      return args.has(arg) ? arg : flatName(written, byName, signatureOf);
    };
    return {
      name: signature.name,
      inputs: signature.input_arg.map(({ name, type }) => ({
        node: name,
        shape: null,
        dtype: typeOf(typeName(type))?.keras ?? typeName(type),
      })),
      nodes: nodes.map((node) => ({ ...node, inputs: node.inputs.map(flat) })),
      outputs: signature.output_arg.map(({ name }) => flat(returned.get(name) ?? name)),
    };
  }
}

/** `node:output:1` as graphs write it: `node:3`. What has no colon is an argument of the function. */
function flatName(written: string, nodes: ReadonlyMap<string, GraphNode>, signatureOf: (op: string) => OpDef | null): string {
  const [node = "", output, place = "0"] = written.split(":");
  if (written.startsWith("^") || output === undefined) return written;
  const maker = nodes.get(node);
  if (!maker) throw new FormatError(`its function reads ${quoted(written)}, which is not there`);
  const index = placeOfOutput(maker, { output, place: Number(place) }, signatureOf(maker.op));
  return index === 0 ? node : `${node}:${index}`;
}
