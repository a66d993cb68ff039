import { UserError } from "../errors";
import { pythonTokens, type Token } from "./tokens";

/** `Conv2D(64, 3, strides=2)`, or `Dropout` without brackets, which may be a call or a name. */
export interface PythonCall {
  kind: "call";
  /** As it is written, prefixes included: `keras.layers.Conv2D`. */
  name: string;
  args: PythonExpression[];
  named: [name: string, value: PythonExpression][];
}

/** A name alone: `tf.nn.relu`. */
export interface PythonName {
  kind: "name";
  name: string;
}

/** A value as it stands in code, its names and calls unresolved; tuples are lists. */
export type PythonExpression = null | boolean | number | string | PythonExpression[] | PythonCall | PythonName;

const MOST_CHARACTERS = 20_000;
const MOST_DEPTH = 24;
const WORDS: ReadonlyMap<string, PythonExpression> = new Map<string, PythonExpression>([
  ["None", null],
  ["True", true],
  ["False", false],
]);

/**
 * Reads calls in a chain, parted by `|` or by lines: `Conv2D(64, 3) | Dropout(0.2)`. A line may be written as people do in a model,
 * `x = layers.Dense(9)(x)`. @throws UserError that says what cannot be read
 */
export function readCalls(text: string): (PythonCall | PythonName)[] {
  if (text.length > MOST_CHARACTERS)
    throw new UserError(`The layers to append are ${text.length} characters; at most ${MOST_CHARACTERS} are read.`);
  return partsOf(text).map((tokens) => new CallReader(tokens, text).link());
}

/** The tokens of each link of the chain. */
function partsOf(text: string): Token[][] {
  const parts: Token[][] = [[]];
  let depth = 0;
  let end = 0;
  for (const token of pythonTokens(text)) {
    const isMark = token.kind === "mark";
    const isParted = depth === 0 && (text.slice(end, token.start).includes("\n") || (isMark && token.text === "|"));
    if (isParted) parts.push([]);
    if (isMark && "([{".includes(token.text)) depth++;
    if (isMark && ")]}".includes(token.text)) depth--;
    if (!(depth === 0 && isMark && token.text === "|")) parts.at(-1)?.push(token);
    end = token.end;
  }
  return parts.filter((part) => part.length > 0);
}

/** Reads one link by recursive descent. */
class CallReader {
  #at = 0;

  constructor(
    readonly tokens: readonly Token[],
    readonly text: string,
  ) {}

  link(): PythonCall | PythonName {
    // `x = …(x)`: what it is called on is the link before.
    const isAssigned = this.tokens[0]?.kind === "name" && this.tokens[1]?.text === "=" && this.tokens[2]?.text !== "=";
    if (isAssigned) this.#at = 2;
    const value = this.#value(0);
    if (typeof value !== "object" || value === null || Array.isArray(value)) throw this.#unreadable("write layers, like Dense(9)");
    if (this.#peek() === "(") this.#calledOn();
    if (this.#at < this.tokens.length) throw this.#unreadable(`${this.#here()} is too much; write | between layers`);
    return value;
  }

  #calledOn(): void {
    const [open, name, close] = this.tokens.slice(this.#at, this.#at + 3);
    if (open?.text !== "(" || name?.kind !== "name" || close?.text !== ")")
      throw this.#unreadable("an appended layer is called on one tensor, what stands before it");
    this.#at += 3;
  }

  /** Sums and products of numbers, as in `1 / 255`. */
  #value(depth: number): PythonExpression {
    let sum = this.#product(depth);
    for (;;) {
      const next = this.tokens[this.#at];
      const isSign = next?.kind === "mark" && (next.text === "+" || next.text === "-");
      // The minus of `3 -1` lies in the number.
      if (!isSign && !(next?.kind === "number" && next.text.startsWith("-"))) return sum;
      if (isSign) this.#at++;
      sum = this.#computed(next?.text === "-" ? "-" : "+", sum, this.#product(depth));
    }
  }

  #product(depth: number): PythonExpression {
    let product = this.#one(depth);
    for (let sign = this.#peek(); sign === "*" || sign === "/"; sign = this.#peek()) {
      this.#at++;
      product = this.#computed(sign, product, this.#one(depth));
    }
    return product;
  }

  #computed(sign: string, a: PythonExpression, b: PythonExpression): PythonExpression {
    if (typeof a === "number" && typeof b === "number") {
      const result = sign === "+" ? a + b : sign === "-" ? a - b : sign === "*" ? a * b : a / b;
      if (!Number.isFinite(result)) throw this.#unreadable(`${a} ${sign} ${b} is no number`);
      return result;
    }
    if (sign === "+" && Array.isArray(a) && Array.isArray(b)) return [...a, ...b];
    throw this.#unreadable(`${sign} is read between numbers only`);
  }

  #one(depth: number): PythonExpression {
    if (depth > MOST_DEPTH) throw new UserError(`The layers to append are nested more than ${MOST_DEPTH} deep.`);
    const token = this.tokens[this.#at++];
    if (!token) throw this.#unreadable("it ends too soon");
    switch (token.kind) {
      case "string":
        return this.#string(token);
      case "number":
        return this.#number(token);
      case "name":
        return WORDS.has(token.text) ? (WORDS.get(token.text) as PythonExpression) : this.#named(token, depth);
      case "mark":
        if (token.text === "(" || token.text === "[") return this.#sequence(token.text === "(" ? ")" : "]", depth);
        if (token.text === "-" || token.text === "+") return this.#computed(token.text, 0, this.#one(depth + 1));
        throw this.#unreadable(`${token.text} is not expected there`);
      default:
        return token.kind satisfies never;
    }
  }

  #string({ text, start, end }: Token): string {
    const written = this.text.slice(start, end);
    const quote = written.at(-1);
    const isClosed =
      written.length >= 2 && (quote === '"' || quote === "'") && /^[ru]?["']/i.test(written) && written.replace(/^[ru]/i, "").length > 1;
    if (!isClosed) throw this.#unreadable(/^[bf]/i.test(written) ? "write texts plainly, in quotes" : "a quote is not closed");
    if (text.includes("\\")) throw this.#unreadable("write texts without \\");
    return text;
  }

  #number({ text }: Token): number {
    const number = Number(text.replaceAll("_", ""));
    if (!Number.isFinite(number)) throw this.#unreadable(`${text} is no number`);
    return number;
  }

  #named(first: Token, depth: number): PythonCall | PythonName {
    let name = first.text;
    while (this.#peek() === "." && this.tokens[this.#at + 1]?.kind === "name") {
      name += `.${this.tokens[this.#at + 1]?.text}`;
      this.#at += 2;
    }
    if (this.#peek() !== "(") return { kind: "name", name };
    this.#at++;
    return this.#arguments(name, depth + 1);
  }

  #arguments(name: string, depth: number): PythonCall {
    const call: PythonCall = { kind: "call", name, args: [], named: [] };
    while (this.#open() !== ")") {
      const [key, sign] = this.tokens.slice(this.#at, this.#at + 2);
      const isNamed = key?.kind === "name" && sign?.kind === "mark" && sign.text === "=";
      if (isNamed) this.#at += 2;
      else if (call.named.length > 0) throw this.#unreadable(`in ${name}(…), arguments without a name come first`);
      const value = this.#value(depth);
      if (isNamed) call.named.push([key.text, value]);
      else call.args.push(value);
      this.#separator(")");
    }
    this.#at++;
    return call;
  }

  /** `(3, 3)` and `[3, 3]`; brackets around one value without a comma are only brackets. */
  #sequence(closing: string, depth: number): PythonExpression {
    const values: PythonExpression[] = [];
    let commas = 0;
    while (this.#open() !== closing) {
      values.push(this.#value(depth + 1));
      if (this.#separator(closing)) commas++;
    }
    this.#at++;
    return closing === ")" && values.length === 1 && commas === 0 ? (values[0] as PythonExpression) : values;
  }

  /** A comma, which is passed, or the bracket that closes. Returns whether it was a comma. */
  #separator(closing: string): boolean {
    const next = this.#open();
    if (next === ",") this.#at++;
    else if (next !== closing) throw this.#unreadable(`${this.#here()} is not expected there`);
    return next === ",";
  }

  /** What comes next inside brackets. */
  #open(): string {
    const next = this.#peek();
    if (next === undefined) throw this.#unreadable("a bracket is not closed");
    return next;
  }

  /** Text of the mark that comes next; undefined at the end. */
  #peek(): string | undefined {
    const token = this.tokens[this.#at];
    return token?.kind === "string" ? "" : token?.text;
  }

  #here(): string {
    const token = this.tokens[this.#at];
    return token ? this.text.slice(token.start, token.end).slice(0, 40) : "the end";
  }

  #unreadable(why: string): UserError {
    const [first] = this.tokens;
    const written = this.text.slice(first?.start ?? 0, this.tokens.at(-1)?.end ?? 0).replace(/\s+/g, " ");
    return new UserError(`"${written.length > 80 ? `${written.slice(0, 79)}…` : written}" cannot be read as a layer: ${why}.`);
  }
}
