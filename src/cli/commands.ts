import type { ParseArgsConfig } from "node:util";
import type { ExitStatus } from "./exit";
import type { Terminal } from "./terminal";

type Option = NonNullable<ParseArgsConfig["options"]>[string] & {
  /** What stands for its value in the help: `FILE`. */
  value?: string;
  help: string;
};

/** What was typed after the command's name, sorted out. */
export interface Call {
  model: string;
  /** What stands behind the model, where the command takes that and it is given. */
  second?: string;
  values: { readonly [option: string]: string | boolean | readonly (string | boolean)[] | undefined };
}

export interface Command {
  summary: string;
  takesModel: boolean;
  /** What it takes behind the model, if anything: another model, a question. */
  second?: "OTHER" | "QUESTION";
  options: { [name: string]: Option };
  examples: string[];
  /** Loaded when it is called, so that no command waits for another's libraries. */
  run: (call: Call, terminal: Terminal) => Promise<ExitStatus>;
}

const json: Option = { type: "boolean", help: "one JSON document a line on standard output and nothing else" };
const batch: Option = { type: "string", value: "N", help: "size of the batch axis (default 1)" };
const input: Option = {
  type: "string",
  multiple: true,
  value: "SHAPE",
  help: "tensor without batch: 128x128x1, of several inputs by name left=40x40x3,right=40x60x3 or in their order 40x40x3,40x60x3; default: what the model suggests",
};
const weights: Option = {
  type: "string",
  value: "FILE",
  help: "the numbers of its weights: *.weights.h5, .h5 or .keras (default: the model's own file)",
};
const probeOptions = {
  batch,
  mode: { type: "string", value: "MODE", help: "feed: the built model gets this tensor (default); rebuild: its input is declared anew" },
  engine: {
    type: "string",
    value: "ENGINE",
    help: "shapes (default) needs no weights; auto runs real numbers: on native where that is set up (layerscope native), else on wasm",
  },
  fill: {
    type: "string",
    value: "FILL",
    help: "zeros (default), ones, ramp, random:SEED or image:PATH, read as tf.keras.utils.load_img does, for which the engine is auto unless it is named",
  },
  preprocess: {
    type: "string",
    value: "HOW",
    help: "of the image's pixels: auto (default: as the application's own preprocess_input does; of other models none), none (0 to 255), unit (0 to 1), tf (-1 to 1), torch or caffe",
  },
} satisfies { [name: string]: Option };

const editOptions = {
  cut: { type: "string", value: "LAYER", help: "end the model at what this layer gives: mixed7" },
  "remove-top": { type: "boolean", help: "end it at what its own classifier reads" },
  append: {
    type: "string",
    value: "LAYERS",
    help: "then put layers behind it, as Keras calls them: 'Conv2D(64, 3, strides=2)|GlobalAveragePooling2D|Dense(9)'",
  },
} satisfies { [name: string]: Option };

/** Every command by its name, in the order of the help. */
export const COMMANDS: { readonly [name: string]: Command } = {
  inspect: {
    summary: "send a tensor through a model; show what happens at every layer and why",
    takesModel: true,
    options: {
      input: { ...input, help: `${input.help}; given again: one report each` },
      ...probeOptions,
      ...editOptions,
      weights,
      all: { type: "boolean", help: "list every operation of a large graph, not a line a scope" },
      json,
      svg: { type: "string", value: "FILE", help: "also draw the graph into FILE" },
      markdown: { type: "string", value: "FILE", help: "also write the report into FILE, to paste into an issue" },
    },
    examples: [
      "inspect EfficientNetB5 --input 128x128x1",
      "inspect model.h5 --json",
      "inspect model.h5 --fill image:cat.jpg",
      "inspect MobileNetV2?include_top=true&pooling=avg",
      "inspect InceptionV3 --cut mixed7 --append 'GlobalAveragePooling2D|Dense(9)'",
    ],
    run: async (call, terminal) => (await import("./inspect/inspect")).inspect(call, terminal),
  },
  sizes: {
    summary: "smallest valid input, sizes that waste no border, accepted channels",
    takesModel: true,
    options: {
      input: { ...input, multiple: false, value: "SIZE", help: "a size that you wish for, like 208x104: what runs beside it and near it" },
      json: { type: "boolean", help: "one JSON document on standard output and nothing else" },
    },
    examples: ["sizes InceptionV3", "sizes MobileNetV2 --input 208x104", "sizes model.h5 --json"],
    run: async (call, terminal) => (await import("./sizes")).sizes(call, terminal),
  },
  head: {
    summary: "ways to end the model in classes: their output, parameters and Keras code",
    takesModel: true,
    options: {
      input: { ...input, multiple: false },
      ...editOptions,
      classes: { type: "string", value: "N", help: "how many classes the head has (default 1000, as ImageNet)" },
      option: { type: "string", value: "NAME", help: "print only the code of one: average, max, flatten, dense or none" },
      json,
    },
    examples: ["head MobileNetV2 --input 160x160x3 --classes 9", "head model.h5 --json", "head VGG16 --option flatten > model.py"],
    run: async (call, terminal) => (await import("./head")).head(call, terminal),
  },
  compare: {
    summary: "where two probes of a model part, or two models",
    takesModel: true,
    second: "OTHER",
    options: {
      input: { ...input, help: `${input.help}; one for each side, or one for both of two models` },
      batch,
      preset: {
        type: "string",
        value: "NAME",
        help: "grayscale: colour against gray; top: a Keras Application without its top against with it; pooling: without pooling against with it",
      },
      all: { type: "boolean", help: "list layers that are the same, too" },
      json,
    },
    examples: [
      "compare EfficientNetB5 --input 128x128x3 --input 128x128x1",
      "compare MobileNetV2 --preset top",
      "compare MobileNetV2 feature_vector --input 160x160x3",
    ],
    run: async (call, terminal) => (await import("./compare")).compare(call, terminal),
  },
  ask: {
    summary: "questions that people have about a model, and their answers",
    takesModel: true,
    second: "QUESTION",
    options: {
      input: { ...input, multiple: false },
      batch,
      mode: probeOptions.mode,
      ...editOptions,
      classes: { type: "string", value: "N", help: "head: how many classes (default 1000, as ImageNet)" },
      size: { type: "string", value: "SIZE", help: "sizes: a size that you wish for, like 208x104 (default: that of the input)" },
      with: { type: "string", value: "MODEL", help: "other: the model to compare with" },
      json,
    },
    examples: ["ask MobileNetV2", "ask MobileNetV2 head --input 160x160x3 --classes 9", "ask EfficientNetB0 arguments --input 128x128x1"],
    run: async (call, terminal) => (await import("./ask")).ask(call, terminal),
  },
  serve: {
    summary: "the view, in a browser, on the loopback address only",
    takesModel: true,
    options: {
      input: { ...input, multiple: false },
      ...probeOptions,
      ...editOptions,
      weights,
      port: { type: "string", value: "N", help: "port to listen on (default: any that is free)" },
      "no-open": { type: "boolean", help: "only print the address" },
    },
    examples: ["serve EfficientNetB5 --input 128x128x1"],
    run: async (call, terminal) => (await import("./serve/serve")).serve(call, terminal),
  },
  models: {
    summary: "the zoo: Keras Applications that can be named instead of a file",
    takesModel: false,
    options: { json },
    examples: ["models --json"],
    run: async (call, terminal) => (await import("./models")).models(call, terminal),
  },
  native: {
    summary: "set up TensorFlow's native library, which the engine native runs real numbers with",
    takesModel: false,
    options: {
      from: {
        type: "string",
        value: "WAY",
        help: "python: the TensorFlow that a Python here has; download: as tfjs-node does; wheel: the Python package index (default: the first of these that works)",
      },
      python: { type: "string", value: "PATH", help: "the interpreter to use (default: $LAYERSCOPE_PYTHON, python3, python)" },
      check: { type: "boolean", help: "only say whether it is set up (exit status 1 where it is not)" },
      remove: { type: "boolean", help: "undo it" },
    },
    examples: ["native", "native --from wheel"],
    run: async (call, terminal) => (await import("./native")).native(call, terminal),
  },
};
