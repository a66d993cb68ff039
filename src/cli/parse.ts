import { type ParseArgsConfig, parseArgs } from "node:util";
import { nearest, UserError } from "../model";
import { type Call, COMMANDS, type Command } from "./commands";

/** What the command line asks for. */
export type Request =
  | { kind: "help" }
  | { kind: "version" }
  | { kind: "command-help"; name: string; command: Command }
  | { kind: "run"; name: string; command: Command; call: Call };

/** Reads the words after `layerscope`. @throws UserError in one line that says what to type instead */
export function parseCommandLine(words: readonly string[]): Request {
  const [first, ...rest] = words;
  if (first === undefined)
    throw new UserError("Nothing to do; try layerscope inspect EfficientNetB5 --input 128x128x1, or layerscope --help.");
  if (first === "--version" || first === "-v") return { kind: "version" };
  if (first === "--help" || first === "-h" || (first === "help" && rest.length === 0)) return { kind: "help" };
  const name = first === "help" ? (rest[0] ?? "") : first;
  const command = commandNamed(name);
  if (first === "help" || rest.some((word) => word === "--help" || word === "-h")) return { kind: "command-help", name, command };
  return { kind: "run", name, command, call: readCall(name, command, rest) };
}

function commandNamed(name: string): Command {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command) return command;
  const near = nearest(name, Object.keys(COMMANDS));
  const advice = near ? `did you mean ${near}?` : `the commands are ${Object.keys(COMMANDS).join(", ")}.`;
  throw new UserError(`There is no command ${name}; ${advice}`);
}

function readCall(name: string, command: Command, words: readonly string[]): Call {
  const { values, positionals } = sortOut(name, command, words);
  const expected = command.takesModel ? 1 : 0;
  const [model = "", second] = positionals;
  if (positionals.length < expected)
    throw new UserError(`${name} needs a model: a file, or a name like EfficientNetB5 (layerscope models lists them).`);
  const most = command.second ? 2 : expected;
  const extra = positionals[most];
  if (extra !== undefined)
    throw new UserError(
      `${name} takes ${command.second ? TAKEN[command.second] : expected === 1 ? "one model" : "no model"}; ${extra} is too much.`,
    );
  return { model, values, ...(second === undefined ? {} : { second }) };
}

const TAKEN = { OTHER: "two models", QUESTION: "a model and a question" };

function sortOut(name: string, command: Command, words: readonly string[]) {
  const options: NonNullable<ParseArgsConfig["options"]> = {};
  for (const [option, { type, multiple = false }] of Object.entries(command.options)) options[option] = { type, multiple };
  try {
    const parsed = parseArgs({ args: joinNegative(words), options, allowPositionals: true, strict: true, tokens: true });
    refuseTwice(name, command, parsed.tokens);
    return parsed;
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(complaint(name, command, error as NodeJS.ErrnoException));
  }
}

/** Of two values for one option the last would win in silence; said twice, a flag means what it means. */
function refuseTwice(name: string, command: Command, tokens: readonly { kind: string; name?: string }[]): void {
  const given = tokens.flatMap((token) => (token.kind === "option" && token.name ? [token.name] : []));
  const takesOne = (option: string) => command.options[option]?.type === "string" && !command.options[option]?.multiple;
  const twice = given.find((option, index) => takesOne(option) && given.indexOf(option) !== index);
  if (twice) throw new UserError(`--${twice} is given twice; ${name} takes it once.`);
}

/** `--input -5x5x3` as `--input=-5x5x3`: a number is no option, and the probe can say better what is wrong with it. */
function joinNegative(words: readonly string[]): string[] {
  const joined: string[] = [];
  for (const word of words) {
    const before = joined.at(-1);
    if (/^-\d/.test(word) && before?.startsWith("--") && !before.includes("=")) joined.splice(-1, 1, `${before}=${word}`);
    else joined.push(word);
  }
  return joined;
}

function complaint(name: string, command: Command, error: NodeJS.ErrnoException): string {
  const option = /'(?:-\w, )?(--?[^\s'=<]+)/.exec(error.message)?.[1] ?? "an option";
  const see = `see layerscope ${name} --help.`;
  if (error.code === "ERR_PARSE_ARGS_UNKNOWN_OPTION") {
    const near = nearest(option.replace(/^-+/, ""), Object.keys(command.options));
    return `${name} has no option ${option}; ${near ? `did you mean --${near}?` : see}`;
  }
  const takesValue = command.options[option.replace(/^-+/, "")]?.type === "string";
  return takesValue ? `${option} needs a value; ${see}` : `${option} takes no value; ${see}`;
}
