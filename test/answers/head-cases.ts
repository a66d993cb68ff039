import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { memorySource, openModel, zooModel } from "../../src/formats";
import type { Model } from "../../src/model";
import { unpacked } from "../models/load";

/** A model that is ended in classes, as real Keras was asked too (scripts/answers). */
export interface HeadCase {
  name: string;
  /** Which Keras has it. */
  kerasMajor: 2 | 3;
  /** Of the tensor, batch first. */
  input: number[];
  classes: number;
  /** Name and files of a model that lies somewhere; a Keras Application has none. */
  files: () => { main: string; all: Map<string, Uint8Array> } | null;
}

const TEST = join(process.cwd(), "test");

/** A file of an archive, with those beside it. */
export const archived = (path: string, folder: string, main: string): HeadCase["files"] => {
  return () => {
    const files = unpacked(brotliDecompressSync(readFileSync(join(TEST, path))));
    return {
      main,
      all: new Map([...files].filter(([file]) => file.startsWith(folder)).map(([file, bytes]) => [file.slice(folder.length), bytes])),
    };
  };
};
export const saved = (name: string, main = name): HeadCase["files"] => archived(`graphs/saved/${name}.br`, "", main);
export const written = (config: object): HeadCase["files"] => {
  return () => ({ main: "model.json", all: new Map([["model.json", Buffer.from(JSON.stringify(config))]]) });
};

/** A convolution of images, volumes or lines whose channels come first. */
const channelsFirst = (axes: number): object => ({
  module: "keras",
  class_name: "Sequential",
  registered_name: null,
  config: {
    name: "first",
    layers: [
      {
        module: "keras.layers",
        class_name: "InputLayer",
        config: { batch_shape: [null, 3, ...Array(axes).fill(null)], dtype: "float32", name: "image" },
      },
      {
        module: "keras.layers",
        class_name: `Conv${axes}D`,
        config: {
          name: "conv",
          filters: 7,
          kernel_size: Array(axes).fill(3),
          padding: "valid",
          data_format: "channels_first",
          activation: "relu",
        },
      },
    ],
  },
  keras_version: "3.15.1",
  backend: "tensorflow",
});

const ROWS: [name: string, kerasMajor: 2 | 3, input: number[], classes: number, files?: HeadCase["files"]][] = [
  ["MobileNetV2", 3, [1, 160, 160, 3], 9],
  ["MobileNetV2?keras=2", 2, [2, 104, 208, 3], 9],
  ["MobileNetV2?pooling=avg", 3, [1, 160, 160, 3], 1000],
  ["MobileNetV3Small?include_top=true&keras=2", 2, [1, 224, 224, 3], 5],
  ["EfficientNetB0", 3, [1, 128, 128, 1], 10],
  ["EfficientNetB0?keras=2.9", 2, [1, 64, 96, 3], 1],
  ["Xception", 3, [1, 40, 60, 3], 3],
  ["VGG16?include_top=true", 3, [1, 224, 224, 3], 7],
  ["a classifier of digits, .keras", 3, [1, 28, 28, 1], 4, archived("models/mnist-flatten.br", "3/", "model.keras")],
  ["a classifier of digits, .h5", 2, [1, 28, 28, 1], 4, archived("models/mnist-flatten.br", "2/", "model.h5")],
  ["a classifier on a backbone inside, .keras", 3, [1, 96, 96, 3], 4, archived("models/transfer-mobilenet.br", "3/", "model.keras")],
  ["maps of classes, .json", 3, [1, 32, 48, 3], 6, archived("models/unet.br", "3/", "model.json")],
  ["maps of classes in volumes, .h5", 2, [1, 16, 16, 32, 2], 6, archived("models/unet-of-volumes.br", "2/", "model.h5")],
  ["a line of sound, .keras", 3, [1, 64, 1], 6, archived("models/wave-unet.br", "3/", "model.keras")],
  ["words, .keras", 2, [1, 16], 3, archived("models/transformer-encoder.br", "2/", "model.keras")],
  ["two images, .keras", 3, [1, 28, 28, 1], 3, archived("models/siamese.br", "3/", "model.keras")],
  ["two images to a map, .keras", 3, [1, 64, 48, 3], 3, archived("models/patch-discriminator.br", "3/", "model.keras")],
  ["converted for the browser", 2, [1, 32, 48, 3], 6, archived("models/unet.br", "2/tfjs/", "model.json")],
  ["channels first, images", 3, [1, 3, 10, 12], 5, written(channelsFirst(2))],
  ["channels first, volumes", 3, [1, 3, 10, 12, 8], 5, written(channelsFirst(3))],
  ["a SavedModel of MobileNetV2", 3, [1, 64, 96, 3], 9, saved("mobilenet.keras3")],
  ["a feature vector", 3, [1, 208, 104, 3], 9, saved("feature-vector")],
  ["TensorFlow Hub's", 3, [1, 160, 160, 3], 9, saved("hub-mobilenet-v2")],
  ["a SavedModel of a classifier", 3, [1, 28, 28, 1], 9, saved("classifier.keras3")],
  ["a frozen graph", 3, [1, 16, 20, 3], 9, saved("frozen", "frozen.pb")],
];

export const HEAD_CASES: readonly HeadCase[] = ROWS.map(([name, kerasMajor, input, classes, files = () => null]) => ({
  name,
  kerasMajor,
  input,
  classes,
  files,
}));

/** Opens what a case is about; `file` as code names it. */
export async function openCase({ name, files }: HeadCase): Promise<{ model: Model; file: string | null }> {
  const found = files();
  if (!found) return { model: zooModel(name), file: null };
  return { model: await openModel(memorySource(found.main, found.all)), file: found.main };
}

/** What real Keras makes of the code for an option. */
export interface HeadSaid {
  code: string;
  output: (number | null)[];
  parameters: number;
}

/** By the case's name, by the option's. */
export type HeadGolden = { [name: string]: { [option: string]: HeadSaid } };
