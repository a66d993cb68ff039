import type { JsonObject } from "../../model";
import type { GraphNode } from "../graph/definition";
import registry from "../graph/registry.json";
import { attributeJson } from "./attributes";
import { type NodeDef, readNodeDef, readNodeDefAttrEntry } from "./messages";
import { storedTensor } from "./tensor";
import type { Range, WireFile } from "./wire";

/** Fields of messages that are walked rather than read whole. */
const NODE = { name: 1, op: 2, input: 3, attribute: 5 } as const;
const ENTRY = { key: 1, value: 2 } as const;
const VALUE = { tensor: 8 } as const;
/** Larger nodes hold a tensor, which is not read with them. */
const MOST_WHOLE = 2 ** 16;

/** The node whose NodeDef lies in `range`; its inputs as they are written. @throws FormatError where it is none */
export function readNode(file: WireFile, range: Range): GraphNode {
  return range.end - range.start <= MOST_WHOLE ? wholeNode(file, range) : largeNode(file, range);
}

function wholeNode(file: WireFile, range: Range): GraphNode {
  const bytes = file.bytes(range);
  const written = file.message(range, readNodeDef);
  const tensor = written.attr.find(({ key }) => key === "value")?.value?.tensor;
  const start = tensor ? range.start + (tensor.byteOffset - bytes.byteOffset) : 0;
  return nodeOf(file, written, tensor ? { start, end: start + tensor.length } : null);
}

function largeNode(file: WireFile, range: Range): GraphNode {
  const written: NodeDef = { name: "", op: "", input: [], attr: [] };
  let tensor: Range | null = null;
  for (const field of file.fields(range)) {
    if (field.number === NODE.name) written.name = textAt(file, field);
    else if (field.number === NODE.op) written.op = textAt(file, field);
    else if (field.number === NODE.input) written.input.push(textAt(file, field));
    else if (field.number !== NODE.attribute) continue;
    else if (field.end - field.start <= MOST_WHOLE) written.attr.push(file.message(field, readNodeDefAttrEntry));
    else tensor = tensorOf(file, field) ?? tensor;
  }
  return nodeOf(file, written, tensor);
}

const text = new TextDecoder();
const textAt = (file: WireFile, range: Range): string => text.decode(file.bytes(range));

/** The tensor of an attribute called `value`; other attributes of such a length say nothing that is needed. */
function tensorOf(file: WireFile, entry: Range): Range | null {
  let key = "";
  let tensor: Range | null = null;
  for (const field of file.fields(entry)) {
    if (field.number === ENTRY.key) key = textAt(file, field);
    if (field.number !== ENTRY.value) continue;
    for (const value of file.fields(field)) if (value.number === VALUE.tensor) tensor = value;
  }
  return key === "value" ? tensor : null;
}

/** What an attribute is that a node does not tell, by operation. */
const DEFAULTS: { readonly [op: string]: JsonObject } = registry.defaults as unknown as { [op: string]: JsonObject };

function nodeOf(file: WireFile, { name, op, input, attr }: NodeDef, tensor: Range | null): GraphNode {
  const attributes: JsonObject = { ...(Object.hasOwn(DEFAULTS, op) ? DEFAULTS[op] : {}) };
  for (const { key, value } of attr) {
    // Those that begin with a bar are notes of TensorFlow's to itself.
    const json = key.startsWith("_") || !value ? null : attributeJson(value);
    if (json) attributes[key] = json;
  }
  return { name, op, inputs: input, attributes, ...(tensor ? { stored: storedTensor(file, tensor) } : {}) };
}
