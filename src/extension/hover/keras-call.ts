import { type PythonValue, pythonTokens, readValue, type Token, UNREAD } from "../../model/python";

/** A call of a Keras Application in Python, as far as it could be read. */
export interface KerasCall {
  name: string;
  /** Whether the code says `tf_keras`, which is the last Keras 2. */
  isTfKeras: boolean;
  /** Arguments by name; UNREAD where the code computes them. */
  args: { [argument: string]: PythonValue };
  /** Of the application's name in the text. */
  start: number;
  end: number;
}

/** What the constructors take, in order. */
const COMMON = ["include_top", "weights", "input_tensor", "input_shape", "pooling", "classes"];
const SHAPE_FIRST = ["include_top", "weights", "input_tensor", "pooling", "classes"];
/** The order where it is not COMMON. @see keras/src/applications, tf_keras/src/applications */
const ORDERS: [name: RegExp, order: string[]][] = [
  [/^MobileNet$/, ["input_shape", "alpha", "depth_multiplier", "dropout", ...SHAPE_FIRST]],
  [/^MobileNetV2$/, ["input_shape", "alpha", ...SHAPE_FIRST]],
  [/^MobileNetV3/, ["input_shape", "alpha", "minimalistic", "include_top", "weights", "input_tensor", "classes", "pooling"]],
  [/^NASNet/, ["input_shape", ...SHAPE_FIRST]],
  [/^ConvNeXt/, ["include_top", "include_preprocessing", "weights", "input_tensor", "input_shape", "pooling", "classes"]],
  [/^ResNetRS/, ["include_top", "weights", "classes", "input_shape", "input_tensor", "pooling"]],
  [/^RegNet/, ["model_name", "include_top", "include_preprocessing", "weights", "input_tensor", "input_shape", "pooling", "classes"]],
];

/** Names that look like a Keras Application; the helper knows which there are. */
const APPLICATION = /^(EfficientNet|ConvNeXt|ResNet|RegNet|MobileNet|Inception|DenseNet|NASNet|VGG|Xception)\w*$/;

/** The call whose name is at `offset`. Any prefix will do: `tf.keras.applications.`, `applications.`, none. */
export function kerasCallAt(text: string, offset: number): KerasCall | null {
  const word = wordAt(text, offset);
  if (!word || !APPLICATION.test(word.text)) return null;
  const tokens = pythonTokens(text);
  const index = tokens.findIndex((token) => token.kind === "name" && token.start === word.start);
  // In a string or a comment there is no such token.
  if (index < 0 || tokens[index + 1]?.text !== "(") return null;
  return {
    name: word.text,
    isTfKeras: prefixOf(tokens, index).startsWith("tf_keras."),
    args: argumentsOf(word.text, tokens.slice(index + 2), text),
    start: word.start,
    end: word.start + word.text.length,
  };
}

function wordAt(text: string, offset: number): { text: string; start: number } | null {
  const before = /\w*$/.exec(text.slice(Math.max(0, offset - 100), offset))?.[0] ?? "";
  const after = /^\w*/.exec(text.slice(offset, offset + 100))?.[0] ?? "";
  return before + after ? { text: before + after, start: offset - before.length } : null;
}

function prefixOf(tokens: readonly Token[], index: number): string {
  let prefix = "";
  for (let at = index - 1; tokens[at]?.text === "." && tokens[at - 1]?.kind === "name"; at -= 2)
    prefix = `${tokens[at - 1]?.text}.${prefix}`;
  return prefix;
}

function argumentsOf(name: string, rest: readonly Token[], text: string): KerasCall["args"] {
  const order = ORDERS.find(([pattern]) => pattern.test(name))?.[1] ?? COMMON;
  const args: KerasCall["args"] = {};
  for (const [place, tokens] of splitArguments(rest).entries()) {
    const isNamed = tokens[0]?.kind === "name" && tokens[1]?.text === "=" && tokens[2]?.text !== "=";
    const key = isNamed ? tokens[0]?.text : order[place];
    if (tokens[0]?.text === "*") args["*"] = UNREAD;
    else if (key) args[key] = readValue(isNamed ? tokens.slice(2) : tokens, text);
  }
  return args;
}

/** The tokens of each argument up to the closing bracket; an unclosed call ends with the text. */
function splitArguments(tokens: readonly Token[]): Token[][] {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    const isMark = token.kind === "mark";
    if (isMark && ")]}".includes(token.text) && depth-- === 0) break;
    if (isMark && "([{".includes(token.text)) depth++;
    if (isMark && token.text === "," && depth === 0) parts.push([]);
    else parts.at(-1)?.push(token);
  }
  return parts.filter((part) => part.length > 0);
}
