import { holdModel } from "../../src/helper/work";
import type { Answer, AskedProbe, QuestionId } from "../../src/model";
import type { WaySaid } from "./way-cases";

/** A Keras Application and a tensor; what may be called is run under real Keras too (scripts/answers/arguments.mjs). */
export interface ArgumentCase {
  name: string;
  kerasMajor: 2 | 3;
  model: string;
  /** Batch first. */
  input: number[];
}

const CASES: [model: string, input: number[]][] = [
  ["MobileNetV2", [1, 208, 104, 3]],
  ["MobileNetV2?keras=2", [1, 208, 104, 3]],
  ["MobileNetV2", [1, 160, 160, 3]],
  ["MobileNet?keras=2", [1, 96, 96, 1]],
  ["MobileNetV3Small", [1, 65, 97, 3]],
  ["EfficientNetB0", [1, 128, 128, 1]],
  ["EfficientNetB0?keras=2.9", [1, 84, 112, 1]],
  ["EfficientNetV2B0?keras=2", [1, 64, 64, 4]],
  ["InceptionV3?include_top=true&keras=2", [1, 299, 299, 3]],
  ["VGG16?include_top=true", [1, 224, 224, 3]],
  ["NASNetMobile?keras=2", [1, 97, 64, 3]],
  ["ResNet50V2", [1, 64, 96, 2]],
  ["DenseNet121?weights=none", [1, 64, 64, 3]],
  ["RegNetX002?keras=2", [1, 64, 64, 3]],
];

export const ARGUMENT_CASES: readonly ArgumentCase[] = CASES.map(([model, input]) => ({
  name: `${model} at ${input.join("x")}`,
  kerasMajor: model.includes("keras=2") ? 2 : 3,
  model,
  input,
}));

/** What is promised of the code that an answer offers, with the tensor that its model takes. */
export type PromisedWay = WaySaid & { input: number[] };

/** Answers to a question about a case. */
export async function answersTo({ model, input }: ArgumentCase, question: QuestionId): Promise<Answer[]> {
  const held = await holdModel({ kind: "zoo", spec: model });
  try {
    const inputs = Object.fromEntries(held.opened.inputs.map(({ name }) => [name, input]));
    const probe: AskedProbe = { inputs, mode: "feed", engine: "shapes", fill: "zeros" };
    return await held.ask(probe, question, {}, null);
  } finally {
    held.dispose();
  }
}

/** The code of both questions' answers, by title. */
export async function promisedWays(each: ArgumentCase): Promise<{ [title: string]: PromisedWay }> {
  const answers = [...(await answersTo(each, "arguments")), ...(await answersTo(each, "imagenet"))];
  const ways = answers.flatMap(({ ways = [] }) => ways);
  return Object.fromEntries(
    ways.map(({ title, code, gives }) => {
      if (code === null || !gives) throw new Error(`nobody says what "${title}" gives`);
      const [, ...named] = /\((\d+), (\d+), (\d+)\)/.exec(code) ?? [];
      const input = named.length > 0 ? [1, ...named.map(Number)] : each.input;
      return [title, { code, output: gives.output, parameters: gives.parameters ?? null, asBase: null, input }];
    }),
  );
}
