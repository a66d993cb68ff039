import { type HeldModel, holdModel } from "../../src/helper/work";
import type { Answer, AskedProbe, Edit, Way } from "../../src/model";
import { archived, type HeadCase, saved, written } from "./head-cases";

/** A tensor that a model refuses, or takes by accident; what may be done about it is run under real Keras too (scripts/answers). */
export interface WayCase {
  name: string;
  kerasMajor: 2 | 3;
  /** A Keras Application, where there are no files. */
  model: string;
  /** Of the tensors in the order of the inputs, batch first. */
  inputs: number[][];
  files: HeadCase["files"];
  /** What was done to the model before. */
  edit?: Edit;
}

/** A column of numbers minus a row of them, as a loss may have it by mistake. */
const columnMinusRow = (): object => {
  const input = (name: string, shape: (number | null)[]) => ({
    module: "keras.layers",
    class_name: "InputLayer",
    config: { batch_shape: shape, dtype: "float32", name },
    name,
    inbound_nodes: [],
  });
  const tensor = (name: string, shape: (number | null)[]) => ({
    class_name: "__keras_tensor__",
    config: { shape, dtype: "float32", keras_history: [name, 0, 0] },
  });
  const [column, row] = [[null, 1], [null]];
  return {
    module: "keras",
    class_name: "Functional",
    config: {
      name: "difference",
      layers: [
        input("told", column),
        input("meant", row),
        {
          module: "keras.src.ops.numpy",
          class_name: "Subtract",
          config: { name: "subtract" },
          name: "subtract",
          inbound_nodes: [{ args: [tensor("told", column), tensor("meant", row)], kwargs: {} }],
        },
      ],
      input_layers: [
        ["told", 0, 0],
        ["meant", 0, 0],
      ],
      output_layers: [["subtract", 0, 0]],
    },
  };
};

const ZOO: [model: string, ...inputs: number[][]][] = [
  // Gray images that a model stretches, a family each, and that fail at the first convolution.
  ["EfficientNetB0", [1, 128, 128, 1]],
  ["EfficientNetB0?keras=2", [1, 128, 128, 1]],
  ["EfficientNetB0?keras=2.9", [1, 64, 96, 1]],
  ["EfficientNetV2B0", [1, 64, 64, 1]],
  ["EfficientNetV2B2?keras=2", [1, 64, 64, 1]],
  ["ConvNeXtTiny", [1, 64, 64, 1]],
  ["ConvNeXtTiny?keras=2", [1, 64, 64, 1]],
  ["ResNetRS50?keras=2", [1, 64, 64, 1]],
  ["MobileNetV2", [2, 96, 96, 1]],
  ["MobileNetV2?keras=2", [1, 96, 64, 1]],
  ["VGG16", [1, 64, 64, 1]],
  ["InceptionV3?keras=2", [1, 128, 128, 1]],
  ["ResNet50", [1, 64, 64, 1]],
  ["RegNetX002?keras=2", [1, 64, 64, 1]],
  // Other channels.
  ["MobileNetV2", [1, 96, 96, 4]],
  ["MobileNetV2?keras=2", [1, 96, 96, 4]],
  ["MobileNetV2", [1, 64, 96, 2]],
  ["VGG16?keras=2", [1, 64, 64, 4]],
  ["DenseNet121", [1, 64, 64, 5]],
  ["EfficientNetB0", [1, 64, 64, 4]],
  // Sizes.
  ["VGG16?include_top=true", [1, 256, 256, 3]],
  ["VGG16?include_top=true&keras=2", [1, 200, 180, 3]],
  ["InceptionV3?include_top=true", [1, 224, 224, 3]],
  ["InceptionV3?include_top=true&keras=2", [1, 224, 224, 3]],
  ["InceptionV3", [1, 32, 50, 3]],
  ["Xception?keras=2", [1, 6, 100, 3]],
  // The axes themselves.
  ["MobileNetV2", [96, 64, 3]],
  ["MobileNetV2?keras=2", [96, 64, 3]],
  ["MobileNetV2", [1, 96, 96]],
  ["MobileNetV2?keras=2", [1, 96, 96]],
  ["MobileNetV2", [1, 3, 96, 64]],
  ["MobileNetV2?keras=2", [1, 3, 96, 64]],
];

const digits = (kerasMajor: 2 | 3) =>
  kerasMajor === 3 ? archived("models/mnist-flatten.br", "3/", "model.keras") : archived("models/mnist-flatten.br", "2/", "model.h5");

const FILES: [model: string, kerasMajor: 2 | 3, files: HeadCase["files"], ...inputs: number[][]][] = [
  ["digits, .keras", 3, digits(3), [1, 32, 32, 1]],
  ["digits, .h5", 2, digits(2), [1, 32, 32, 1]],
  ["digits, .keras", 3, digits(3), [1, 28, 28, 3]],
  ["digits, .h5", 2, digits(2), [1, 28, 28, 2]],
  ["maps of classes, .json", 3, archived("models/unet.br", "3/", "model.json"), [1, 33, 50, 3]],
  ["maps of classes, .keras", 2, archived("models/unet.br", "2/", "model.keras"), [1, 32, 48, 1]],
  ["a backbone inside, .keras", 3, archived("models/transfer-mobilenet.br", "3/", "model.keras"), [1, 96, 96, 1]],
  ["a backbone inside, .h5", 2, archived("models/transfer-mobilenet.br", "2/", "model.h5"), [1, 128, 128, 3]],
  ["a backbone and Flatten, .keras", 3, archived("models/transfer-flat.br", "3/", "model.keras"), [1, 128, 96, 3]],
  ["VGG made small, .h5", 2, archived("models/vgg-like.br", "2/", "model.h5"), [1, 64, 48, 3]],
  ["VGG made small, .keras", 3, archived("models/vgg-like.br", "3/", "model.keras"), [1, 64, 48, 1]],
  ["an oblong one, .keras", 3, archived("models/activation-layers.br", "3/", "model.keras"), [1, 9, 8, 6]],
  ["an oblong one, .h5", 2, archived("models/activation-layers.br", "2/", "model.h5"), [1, 9, 8, 6]],
  ["a vision transformer, .keras", 3, archived("models/vision-transformer.br", "3/", "model.keras"), [1, 32, 24, 3]],
  ["a batch of two, .keras", 3, archived("models/batch-of-two.br", "3/", "model.keras"), [2, 4, 4, 1]],
  ["a batch of two, .h5", 2, archived("models/batch-of-two.br", "2/", "model.h5"), [2, 4, 4, 1]],
  ["a line of sound, .keras", 3, archived("models/wave-unet.br", "3/", "model.keras"), [1, 64, 2]],
  ["volumes, .h5", 2, archived("models/unet-of-volumes.br", "2/", "model.h5"), [1, 16, 16, 32, 1]],
  ["channels first, .keras", 3, archived("models/channels-first.br", "3/", "model.keras"), [1, 1, 32, 32]],
  ["a column minus a row", 3, written(columnMinusRow()), [4, 1], [4]],
  ["a SavedModel", 3, saved("mobilenet.keras3"), [1, 64, 96, 1]],
  ["a feature vector", 3, saved("feature-vector"), [1, 96, 96, 4]],
  ["a frozen graph", 3, saved("frozen", "frozen.pb"), [1, 16, 20, 1]],
];

const EDITED: [model: string, input: number[], edit: Edit][] = [
  ["MobileNetV2", [1, 96, 96, 1], { append: "Flatten|Dense(9)" }],
  ["EfficientNetB0?keras=2", [1, 96, 96, 1], { append: "GlobalAveragePooling2D|Dense(9)" }],
  ["MobileNetV2?include_top=true", [1, 96, 96, 3], { removeTop: true, append: "Dense(3)" }],
];

const named = (model: string, inputs: number[][]): string => `${model} at ${inputs.map((shape) => shape.join("x")).join(" and ")}`;

export const WAY_CASES: readonly WayCase[] = [
  ...ZOO.map(([model, ...inputs]): WayCase => {
    const kerasMajor = /keras=2/.test(model) ? 2 : 3;
    return { name: named(model, inputs), kerasMajor, model, inputs, files: () => null };
  }),
  ...EDITED.map(([model, input, edit]): WayCase => {
    const kerasMajor = /keras=2/.test(model) ? 2 : 3;
    return { name: `${named(model, [input])}, edited`, kerasMajor, model, inputs: [input], files: () => null, edit };
  }),
  ...FILES.map(([model, kerasMajor, files, ...inputs]): WayCase => ({ name: named(model, inputs), kerasMajor, model, inputs, files })),
];

/** What is promised of a way, and what real Keras makes of its code. */
export interface WaySaid {
  code: string;
  output: number[];
  parameters: number | null;
  /** For which tensors the model gives what the original does; null where nothing is said of that. */
  asBase: string | null;
}

/** By the case's name, by the way's title. */
export type WayGolden = { [name: string]: { [title: string]: WaySaid } };

/** All that a person is told of a case. */
export async function answersTo({ model, inputs, files, edit }: Omit<WayCase, "name" | "kerasMajor">): Promise<Told> {
  const found = files();
  const held = await holdModel(
    found
      ? { kind: "bytes", name: found.main, files: [...found.all].map(([path, bytes]) => ({ path, bytes })) }
      : { kind: "zoo", spec: model },
  );
  const shapes = Object.fromEntries(held.opened.inputs.map(({ name }, index) => [name, inputs[index] as number[]]));
  const probe: AskedProbe = { inputs: shapes, mode: "feed", engine: "shapes", fill: "zeros", ...(edit ? { edit } : {}) };
  const { answers, questions } = await held.probe(probe);
  const declared = questions.some(({ id }) => id === "declare") ? await held.ask(probe, "declare", {}, null) : [];
  return { held, answers, declared };
}

/** What `answersTo` found, with the model, which has to be disposed of. `declared`: what comes of declaring the tensors. */
interface Told {
  held: HeldModel;
  answers: Answer[];
  declared: Answer[];
}

/** What we say of a case: each way with what it gives, which is what the probe gives that shows it where the way itself does not say. */
export async function waysTold(each: WayCase): Promise<WayGolden[string]> {
  const { held, answers, declared } = await answersTo(each);
  try {
    const told: WayGolden[string] = {};
    const given = new Map<string, number[]>();
    for (const way of [...answers, ...declared].flatMap(({ ways = [] }) => ways)) {
      const { code, gives = await givenBy(way, held, given) } = way;
      if (code === null) continue;
      told[way.title] = { code, output: gives.output, parameters: gives.parameters ?? null, asBase: gives.asBase ?? null };
    }
    return told;
  } finally {
    held.dispose();
  }
}

/** Ways of one step have one probe: `given` has what was given so far. */
async function givenBy({ title, probe }: Way, held: HeldModel, given: Map<string, number[]>): Promise<NonNullable<Way["gives"]>> {
  if (!probe) throw new Error(`nobody says what "${title}" gives`);
  const known = given.get(JSON.stringify(probe));
  if (known) return { output: known };
  const { report } = await held.probe(probe);
  const output = report.outputs[0]?.shape;
  if (!output) throw new Error(`"${title}" gives nothing: ${report.failure?.message}`);
  given.set(JSON.stringify(probe), output);
  return { output };
}
